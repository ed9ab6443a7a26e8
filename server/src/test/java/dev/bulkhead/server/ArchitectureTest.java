package dev.bulkhead.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.bulkhead.server.access.Open;
import dev.bulkhead.server.access.RequiresPermission;
import org.springframework.web.bind.annotation.RestController;

/// The structure of the server, as rules.
@AnalyzeClasses(packages = "dev.bulkhead", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String OURS = "dev.bulkhead.server.";

  @ArchTest
  static final ArchRule protocolStandsOnNothing =
      noClasses()
          .that()
          .resideInAPackage("dev.bulkhead.protocol..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("dev.bulkhead.protocol..", "java..", "javax..", "org.jspecify..")
          .because("every program shares it, the agent's with its small footprint too");

  @ArchTest
  static final ArchRule programsDoNotStandOnEachOther =
      noClasses()
          .that()
          .resideInAPackage("dev.bulkhead.server..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.bulkhead.agent..", "dev.bulkhead.cli..")
          .because("they meet through the protocol alone");

  @ArchTest
  static final ArchRule capabilitiesFormNoCircles =
      slices()
          .matching("dev.bulkhead.server.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a reader follows a request in one direction");

  @ArchTest
  static final ArchRule onlyTheDoorKnowsThePool =
      noClasses()
          .that()
          .resideOutsideOfPackage(OURS + "database..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.zaxxer.hikari..",
              "javax.sql..",
              "org.flywaydb..",
              "org.springframework.transaction..")
          .because("a transaction that names no tenant must not exist elsewhere");

  @ArchTest
  static final ArchRule onlyTheEngineKnowsQuestDb =
      noClasses()
          .that()
          .resideOutsideOfPackage(OURS + "telemetry.questdb..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.questdb..")
          .because("it knows no tenants; its face takes one in every method");

  @ArchTest
  static final ArchRule onlyTheLinkKnowsOpAmp =
      noClasses()
          .that()
          .resideOutsideOfPackage(OURS + "link..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("opamp.proto..")
          .allowEmptyShould(true)
          .because("what agents send is untrusted bytes, read in one place");

  @ArchTest
  static final ArchRule everyEndpointSaysWhoMayCallIt =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .areAnnotatedWith(RestController.class)
          .and()
          .areMetaAnnotatedWith(org.springframework.web.bind.annotation.RequestMapping.class)
          .and()
          .areDeclaredInClassesThat()
          .areNotAnnotatedWith(Open.class)
          .should()
          .beAnnotatedWith(RequiresPermission.class)
          .orShould()
          .beAnnotatedWith(Open.class)
          .because("one that says nothing answers nobody");

  @ArchTest
  static final ArchRule noHttpInRules =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Controller")
          .and()
          .resideInAnyPackage(
              OURS + "fleet..",
              OURS + "enrolment..",
              OURS + "telemetry..",
              OURS + "audit..",
              OURS + "secrets..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jakarta.servlet..", "org.springframework.web..", "org.springframework.http..")
          .because("rules are called from more places than HTTP");

  @ArchTest
  static final ArchRule noRoomsWithoutAName =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
          .because("a name should say what a class is for");
}
