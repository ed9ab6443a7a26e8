import { useMediaQuery } from "./useMediaQuery";

/** Whether the window is as narrow as a telephone: lists become cards there. */
export function useNarrow(): boolean {
  return useMediaQuery("(max-width: 639.9px)");
}
