package dev.telltale.e2e;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludePackageInfos;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.Collection;
import java.util.Map;

/** The walls of the house: who may know whom. Each rule says why it is there. */
@AnalyzeClasses(
    packages = "dev.telltale",
    importOptions = {DoNotIncludeTests.class, DoNotIncludePackageInfos.class})
final class LayersTest {
  private static final String PROTOCOL = "dev.telltale.protocol..";
  private static final String PLATFORM = "dev.telltale.platform..";
  private static final String VERIFIER = "dev.telltale.verifier..";
  private static final String LEDGER = "dev.telltale.ledger..";
  private static final String AUDITOR = "dev.telltale.auditor..";
  private static final String COLLECTOR = "dev.telltale.collector..";
  private static final String AGENT = "dev.telltale.agent..";
  private static final String SIMULATION = "dev.telltale.tpmsim..";

  private static GivenClassesConjunction inside(String layer) {
    return noClasses().that().resideInAPackage(layer);
  }

  /** Whoever refuses input owns the formats; they must be usable by anyone, anywhere. */
  @ArchTest
  static final ArchRule protocolKnowsTheJdkOnly =
      classes()
          .that()
          .resideInAPackage(PROTOCOL)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..", PROTOCOL);

  @ArchTest
  static final ArchRule platformKnowsNothingOfTelltale =
      inside(PLATFORM)
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.telltale..")
                  .and(DescribedPredicate.not(resideInAPackage(PLATFORM))));

  /** Each wall can be replaced without looking behind another. */
  @ArchTest
  static final ArchRule platformPackagesDoNotKnowEachOther =
      slices()
          .matching("dev.telltale.platform.(*)..")
          .should()
          .notDependOnEachOther()
          .allowEmptyShould(true);

  /** Appraisal is pure so that any validator can repeat it. */
  @ArchTest
  static final ArchRule verifierKnowsProtocolOnly =
      inside(VERIFIER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PLATFORM, LEDGER, AUDITOR, COLLECTOR, AGENT, SIMULATION)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule ledgerKnowsProtocolAndDurableOnly =
      inside(LEDGER)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(VERIFIER, AUDITOR, COLLECTOR, AGENT, SIMULATION, PLATFORM)
                  .and(DescribedPredicate.not(resideInAPackage("dev.telltale.platform.durable.."))))
          .allowEmptyShould(true);

  /** The checker shares nothing with what it checks. */
  @ArchTest
  static final ArchRule fsckSharesNothingWithTheWriter =
      inside("dev.telltale.ledger.fsck..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(LEDGER, PLATFORM)
                  .and(DescribedPredicate.not(resideInAPackage("dev.telltale.ledger.fsck.."))))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule auditorKnowsProtocolAndVerifierOnly =
      inside(AUDITOR)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PLATFORM, LEDGER, COLLECTOR, AGENT, SIMULATION)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule agentKnowsNoOtherProgram =
      inside(AGENT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(VERIFIER, LEDGER, AUDITOR, COLLECTOR, SIMULATION);

  @ArchTest
  static final ArchRule collectorKnowsNoOtherProgram =
      inside(COLLECTOR)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(AUDITOR, AGENT, SIMULATION);

  @ArchTest
  static final ArchRule simulationKnowsNobody =
      inside(SIMULATION)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PROTOCOL, PLATFORM, VERIFIER, LEDGER, AUDITOR, COLLECTOR, AGENT);

  /** The receipt check trusts the agent's own bytes and the formats, nothing else. */
  @ArchTest
  static final ArchRule receiptCheckUsesProtocolOnly =
      inside("dev.telltale.agent.receipt..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.telltale..")
                  .and(
                      DescribedPredicate.not(
                          resideInAnyPackage(PROTOCOL, "dev.telltale.agent.receipt.."))))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule tssStaysBehindItsWall =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.telltale.agent.tpm.tss..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("tss..");

  /** TSS.Java accepts forged signatures and seeds secrets from a guessable generator. */
  @ArchTest
  static final ArchRule nobodyCallsTheDangerousHelpersOfTss =
      noClasses()
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "are forbidden helpers of TSS.Java",
                  (JavaClass type) ->
                      java.util.Set.of(
                              "tss.Crypto",
                              "tss.Tss",
                              "tss.TpmFactory",
                              "tss.TpmDeviceTcp",
                              "tss.TpmDeviceLinux",
                              "tss.TpmDeviceTbs")
                          .contains(type.getName())));

  @ArchTest
  static final ArchRule pahoStaysBehindItsWall =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.telltale.platform.mqtt..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.eclipse.paho..");

  @ArchTest
  static final ArchRule tomlStaysBehindItsWall =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.telltale.platform.config..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tomlj..");

  /** Views, outputs and the operator's commands can never slow or stop a commit. */
  @ArchTest
  static final ArchRule theCommitPathKnowsNoView =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.telltale.collector.intake..",
              "dev.telltale.collector.decrypt..",
              "dev.telltale.collector.commit..",
              "dev.telltale.collector.fleet..",
              LEDGER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.telltale.collector.output..",
              "dev.telltale.collector.export..",
              "dev.telltale.collector.admin..",
              "dev.telltale.collector.broker..",
              "dev.telltale.collector.alarm..",
              "dev.telltale.collector.http..")
          .allowEmptyShould(true);

  /** Formats and appraisal do no I/O: what they are given is all they know. */
  @ArchTest
  static final ArchRule formatsAndAppraisalDoNoInputOrOutput =
      noClasses()
          .that()
          .resideInAnyPackage(PROTOCOL, VERIFIER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.Thread")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.File");

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("dev.telltale.(**)").should().beFreeOfCycles();

  /** A component that is an array or a mutable collection breaks equality and immutability. */
  @ArchTest
  static final ArchRule recordsHoldNoArrays =
      fields()
          .that()
          .areDeclaredInClassesThat()
          .areRecords()
          .and()
          .areNotStatic()
          .should()
          .notHaveRawType(
              DescribedPredicate.describe("an array", (JavaClass type) -> type.isArray()));

  @ArchTest
  static final ArchRule recordsHoldOnlyInterfacesOfCollections =
      fields()
          .that(
              DescribedPredicate.describe(
                  "are record components",
                  (JavaField field) ->
                      field.getOwner().isRecord()
                          && !field
                              .getModifiers()
                              .contains(com.tngtech.archunit.core.domain.JavaModifier.STATIC)))
          .should()
          .notHaveRawType(
              DescribedPredicate.describe(
                  "a mutable collection class",
                  (JavaClass type) ->
                      !type.isInterface()
                          && (type.isAssignableTo(Collection.class)
                              || type.isAssignableTo(Map.class))));

  /** One source of time and of chance, named where the objects are constructed. */
  @ArchTest
  static final ArchRule wallClockOnlyWhereProgramsAreWired =
      noClasses()
          .that()
          .resideInAPackage("dev.telltale..")
          .and()
          .haveSimpleNameNotEndingWith("Main")
          .and()
          .haveSimpleNameNotEndingWith("Command")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(java.time.Clock.class, "systemUTC");
}
