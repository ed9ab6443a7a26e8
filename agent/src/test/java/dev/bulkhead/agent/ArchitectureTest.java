package dev.bulkhead.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.bulkhead.agent",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule agent_standsOnTheJdkAlone =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.bulkhead..", "java..", "javax..", "org.jspecify..")
          .because("every library costs memory on every host");

  @ArchTest
  static final ArchRule agent_opensNoPort =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.net.ServerSocket")
          .because("the agent listens nowhere");

  @ArchTest
  static final ArchRule agent_startsNoProgram_butToInstallItself =
      noClasses()
          .that()
          .doNotHaveSimpleName("InstallCommand")
          .should()
          .dependOnClassesThat()
          .haveSimpleName("ProcessBuilder")
          .because("in mode monitor nothing can be run");

  @ArchTest
  static final ArchRule arrows_goOneWay =
      slices()
          .matching("dev.bulkhead.agent.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a reader follows a sample from probe to link without turning back");
}
