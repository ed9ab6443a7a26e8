import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
} from "@tanstack/react-router";
import { readHostView } from "./host/view";
import { HostsPage } from "./hosts/HostsPage";
import { readHostsView } from "./hosts/view";
import { SignInPage } from "./session/SignInPage";
import { readNext } from "./session/next";
import { InvitationPage } from "./invitation/InvitationPage";
import { readPeopleView } from "./people/view";
import { readTenantsView } from "./tenants/view";
import { readTokensView } from "./tokens/view";
import { SetupPage } from "./setup/SetupPage";
import { NotFoundPage } from "./shell/NotFoundPage";
import { Root } from "./shell/Root";
import { Shell } from "./shell/Shell";

const root = createRootRoute({ component: Root, notFoundComponent: NotFoundPage });

const setup = createRoute({ getParentRoute: () => root, path: "/setup", component: SetupPage });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: readNext,
  component: function SignIn() {
    return <SignInPage next={signIn.useSearch().next ?? "/hosts"} />;
  },
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  component: InvitationPage,
});

const app = createRoute({ getParentRoute: () => root, id: "app", component: Shell });

const index = createRoute({
  getParentRoute: () => app,
  path: "/",
  component: () => <Navigate to="/hosts" replace />,
});

const hosts = createRoute({
  getParentRoute: () => app,
  path: "/hosts",
  validateSearch: readHostsView,
  component: function Hosts() {
    return <HostsPage view={hosts.useSearch()} />;
  },
});

// Charts are most of the code, and no other page draws any.
const HostPage = lazyRouteComponent(() => import("./host/HostPage"), "HostPage");

const host = createRoute({
  getParentRoute: () => app,
  path: "/hosts/$hostId",
  validateSearch: readHostView,
  component: function OneHost() {
    const { hostId } = host.useParams();
    return <HostPage key={hostId} id={hostId} range={host.useSearch().range ?? "live"} />;
  },
});

const PeoplePage = lazyRouteComponent(() => import("./people/PeoplePage"), "PeoplePage");

const people = createRoute({
  getParentRoute: () => app,
  path: "/people",
  validateSearch: readPeopleView,
  component: function People() {
    return <PeoplePage view={people.useSearch()} />;
  },
});

const TenantPage = lazyRouteComponent(() => import("./tenant/TenantPage"), "TenantPage");

const tenant = createRoute({
  getParentRoute: () => app,
  path: "/tenant",
  component: () => <TenantPage />,
});

const TenantsPage = lazyRouteComponent(() => import("./tenants/TenantsPage"), "TenantsPage");

const tenants = createRoute({
  getParentRoute: () => app,
  path: "/tenants",
  validateSearch: readTenantsView,
  component: function Tenants() {
    return <TenantsPage view={tenants.useSearch()} />;
  },
});

const TokensPage = lazyRouteComponent(() => import("./tokens/TokensPage"), "TokensPage");

const tokens = createRoute({
  getParentRoute: () => app,
  path: "/tokens",
  validateSearch: readTokensView,
  component: function Tokens() {
    return <TokensPage view={tokens.useSearch()} />;
  },
});

const AccountPage = lazyRouteComponent(() => import("./account/AccountPage"), "AccountPage");

const account = createRoute({
  getParentRoute: () => app,
  path: "/account",
  component: () => <AccountPage />,
});

const tree = root.addChildren([
  setup,
  signIn,
  invitation,
  app.addChildren([index, hosts, host, people, tokens, tenant, tenants, account]),
]);

export function createAppRouter() {
  return createRouter({
    routeTree: tree,
    defaultPreload: false,
    scrollRestoration: true,
    // It is kept in web storage: by default that would be the whole address, and with it a fragment's secret.
    getScrollRestorationKey: ({ state, pathname }) => state.__TSR_key ?? pathname,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
