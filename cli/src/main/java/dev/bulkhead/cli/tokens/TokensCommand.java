package dev.bulkhead.cli.tokens;

import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.Query;
import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.cli.terminal.Column;
import dev.bulkhead.cli.terminal.Printable;
import dev.bulkhead.cli.terminal.Style;
import dev.bulkhead.cli.terminal.Table.Cell;
import dev.bulkhead.cli.terminal.Units;
import dev.bulkhead.cli.verbs.Group;
import dev.bulkhead.cli.verbs.ListVerb;
import dev.bulkhead.cli.verbs.Named;
import dev.bulkhead.cli.verbs.ServerVerb;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `bulkhead tokens`: what programs prove themselves with.
@Command(
    name = "tokens",
    description = "Lists, makes, disables, enables and removes API tokens.",
    mixinStandardHelpOptions = true,
    subcommands = {
      TokensCommand.ListTokens.class,
      TokensCommand.Create.class,
      TokensCommand.Disable.class,
      TokensCommand.Enable.class,
      TokensCommand.Remove.class
    })
public final class TokensCommand extends Group {

  private static final String PATH = "/api/v1/tokens";
  private static final Named TOKEN = new Named(PATH, "token", "bulkhead tokens list");

  /// Made by picocli.
  public TokensCommand() {}

  /// `bulkhead tokens list`.
  @Command(
      name = "list",
      description = "Lists one's own tokens, or the tenant's for whoever manages them.")
  static final class ListTokens extends ListVerb {
    @Option(
        names = "--query",
        paramLabel = "TEXT",
        description = "Only tokens with this text in their name or their owner's.")
    private @Nullable String text;

    @Override
    protected Query query() {
      return Query.of(PATH).with("query", text);
    }

    @Override
    protected Column[] columns() {
      return new Column[] {
        Column.left("NAME").cutTo(12),
        Column.left("OWNER").cutTo(8),
        Column.left("STATE"),
        Column.left("ENDS").dropped(2),
        Column.left("LAST USED").dropped(1),
        Column.left("FROM").dropped(4),
        Column.left("SCOPES").cutTo(10).dropped(3)
      };
    }

    @Override
    protected Cell[] cells(JsonNode token, Instant now) {
      String state = Json.text(token, "state");
      JsonNode owner = token.path("owner");
      return new Cell[] {
        cell(token, "name"),
        Cell.of(
            Json.text(owner, "name")
                + (Json.text(owner, "kind").equals("service") ? " (service)" : "")),
        new Cell(state, state.equals("active") ? Style.GOOD : Style.WARNING),
        Cell.of(token.path("expiresAt").isString() ? Json.text(token, "expiresAt") : "never"),
        Cell.of(Units.ago(Json.time(token, "lastUsedAt"), now)),
        cell(token, "lastUsedAddress"),
        Cell.of(
            String.join(
                " ", token.path("scopes").valueStream().map(scope -> scope.asString("")).toList()))
      };
    }

    @Override
    protected String empty(ServerClient client) {
      return "No tokens.\nMake one: bulkhead tokens create NAME --scope SCOPE, or at "
          + client.url();
    }
  }

  /// `bulkhead tokens create`.
  @Command(
      name = "create",
      description = {
        "Makes an API token and prints it, once; or writes it into a file that only you can read.",
        "A token makes none that may more than itself, and the local operator owns none."
      })
  static final class Create extends ServerVerb {
    @Parameters(paramLabel = "NAME", description = "What the token is called.")
    private String name = "";

    @Option(
        names = "--scope",
        required = true,
        paramLabel = "SCOPE",
        description = "What it may, such as hosts_read; may be given several times.")
    private List<String> scopes = new ArrayList<>();

    @Option(
        names = "--days",
        paramLabel = "N",
        description = "How long it is good, 1 to 3650. Default: until it is removed.")
    private @Nullable Integer days;

    @Option(
        names = "--network",
        paramLabel = "CIDR",
        description = "Where it may be used from; may be given several times. Default: everywhere.")
    private List<String> networks = new ArrayList<>();

    @Option(
        names = "--service-account",
        paramLabel = "NAME",
        description = "Whose it shall be. Default: one's own.")
    private @Nullable String account;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "Writes it there (0600) in place of showing it; the file must not exist yet.")
    private @Nullable Path file;

    @Override
    protected void run(ServerClient client, PrintWriter out) throws InterruptedException {
      ObjectNode body = Json.object().put("name", name);
      ArrayNode scopeList = body.putArray("scopes");
      scopes.forEach(scopeList::add);
      ArrayNode networkList = body.putArray("networks");
      networks.forEach(networkList::add);
      if (days != null) {
        body.put("expiresInDays", days);
      }
      if (account != null) {
        JsonNode owner = ServiceAccountsCommand.ACCOUNT.find(client, account);
        body.put("serviceAccount", Json.text(owner, "id"));
      }
      if (file == null) {
        JsonNode made = client.post(Query.of(PATH), body);
        out.println(Printable.of(Json.text(made, "value")));
        remarks().println("The token above is shown this once.");
      } else {
        try (SecretFile secret = SecretFile.create(file)) {
          secret.write(Json.text(client.post(Query.of(PATH), body), "value"));
        }
        out.println("The token is in " + file + ". To use it: --token-file " + file);
      }
    }
  }

  /// `bulkhead tokens disable`.
  @Command(
      name = "disable",
      description = "Switches a token off at once, and every token that it made.")
  static final class Disable extends ServerVerb {
    @Parameters(paramLabel = "NAME", description = "The token's name or id.")
    private String name = "";

    @Override
    protected void run(ServerClient client, PrintWriter out) throws InterruptedException {
      set(client, name, false);
      out.println("The token is disabled: it opens nothing, and its live views are closed.");
    }
  }

  /// `bulkhead tokens enable`.
  @Command(name = "enable", description = "Switches a token on again.")
  static final class Enable extends ServerVerb {
    @Parameters(paramLabel = "NAME", description = "The token's name or id.")
    private String name = "";

    @Override
    protected void run(ServerClient client, PrintWriter out) throws InterruptedException {
      set(client, name, true);
      out.println("The token works again.");
    }
  }

  /// `bulkhead tokens remove`.
  @Command(name = "remove", description = "Removes a token, and every token that it made.")
  static final class Remove extends ServerVerb {
    @Parameters(paramLabel = "NAME", description = "The token's name or id.")
    private String name = "";

    @Override
    protected void run(ServerClient client, PrintWriter out) throws InterruptedException {
      JsonNode token = TOKEN.find(client, name);
      client.delete(TOKEN.one(token), null);
      out.println("The token " + Printable.of(Json.text(token, "name")) + " is removed.");
    }
  }

  private static void set(ServerClient client, String name, boolean enabled)
      throws InterruptedException {
    JsonNode token = TOKEN.find(client, name);
    ObjectNode body = Json.object().put("name", Json.text(token, "name")).put("enabled", enabled);
    body.set("networks", token.path("networks"));
    client.put(TOKEN.one(token), body, Json.count(token, "version"));
  }
}
