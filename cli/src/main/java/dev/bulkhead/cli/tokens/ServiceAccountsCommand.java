package dev.bulkhead.cli.tokens;

import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.Query;
import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.cli.terminal.Column;
import dev.bulkhead.cli.terminal.Printable;
import dev.bulkhead.cli.terminal.Table.Cell;
import dev.bulkhead.cli.terminal.Units;
import dev.bulkhead.cli.verbs.Group;
import dev.bulkhead.cli.verbs.ListVerb;
import dev.bulkhead.cli.verbs.Named;
import dev.bulkhead.cli.verbs.ScopeOption;
import dev.bulkhead.cli.verbs.ServerVerb;
import java.io.PrintWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `bulkhead service-accounts`: accounts that only programs use.
@Command(
    name = "service-accounts",
    description = "Lists, makes and removes service accounts, which have tokens and no sign-in.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ServiceAccountsCommand.ListAccounts.class,
      ServiceAccountsCommand.Create.class,
      ServiceAccountsCommand.Remove.class
    })
public final class ServiceAccountsCommand extends Group {

  private static final String PATH = "/api/v1/service-accounts";
  static final Named ACCOUNT = new Named(PATH, "service account", "bulkhead service-accounts list");

  /// Made by picocli.
  public ServiceAccountsCommand() {}

  /// `bulkhead service-accounts list`.
  @Command(name = "list", description = "Lists the tenant's service accounts.")
  static final class ListAccounts extends ListVerb {
    @Option(names = "--query", paramLabel = "TEXT", description = "Only names with this text.")
    private @Nullable String text;

    @Override
    protected Query query() {
      return Query.of(PATH).with("query", text);
    }

    @Override
    protected Column[] columns() {
      return new Column[] {
        Column.left("NAME").cutTo(12),
        Column.left("ROLE"),
        Column.left("HOSTS").cutTo(9),
        Column.right("TOKENS"),
        Column.left("MADE").dropped(1)
      };
    }

    @Override
    protected Cell[] cells(JsonNode account, Instant now) {
      return new Cell[] {
        cell(account, "name"),
        cell(account, "role"),
        Cell.of(ScopeOption.words(account.path("scope"))),
        Cell.of(Long.toString(Json.count(account, "tokens"))),
        Cell.of(Units.ago(Json.time(account, "createdAt"), now))
      };
    }

    @Override
    protected String empty(ServerClient client) {
      return "No service accounts.\nMake one: bulkhead service-accounts create NAME --role ROLE";
    }
  }

  /// `bulkhead service-accounts create`.
  @Command(name = "create", description = "Makes a service account.")
  static final class Create extends ServerVerb {
    @Parameters(paramLabel = "NAME", description = "Its name.")
    private String name = "";

    @Option(
        names = "--role",
        required = true,
        paramLabel = "ROLE",
        description = "admin, operator, viewer or auditor.")
    private String role = "";

    @Mixin private ScopeOption scope = new ScopeOption();

    @Override
    protected void run(ServerClient client, PrintWriter out) throws InterruptedException {
      ObjectNode body = Json.object().put("name", name).put("role", role);
      scope.put(client, body);
      JsonNode made = client.post(Query.of(PATH), body);
      String shown = Printable.of(Json.text(made, "name"));
      out.println(
          "Made the service account "
              + shown
              + ".\nGive it a token: bulkhead tokens create NAME --service-account "
              + shown
              + " --scope SCOPE");
    }
  }

  /// `bulkhead service-accounts remove`.
  @Command(name = "remove", description = "Removes a service account and its tokens.")
  static final class Remove extends ServerVerb {
    @Parameters(paramLabel = "NAME", description = "Its name or id.")
    private String name = "";

    @Override
    protected void run(ServerClient client, PrintWriter out) throws InterruptedException {
      JsonNode account = ACCOUNT.find(client, name);
      client.delete(ACCOUNT.one(account), null);
      out.println(
          "The service account "
              + Printable.of(Json.text(account, "name"))
              + " and its tokens are removed.");
    }
  }
}
