package dev.pgherd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the picture in CONTRIBUTING.md: which package may know which. */
@AnalyzeClasses(packages = "dev.pgherd", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule dependenciesPointInwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("api")
            .definedBy("dev.pgherd.api..")
            .layer("config")
            .definedBy("dev.pgherd.config..")
            .layer("digest")
            .definedBy("dev.pgherd.digest..")
            .layer("route")
            .definedBy("dev.pgherd.route..")
            .layer("sql")
            .definedBy("dev.pgherd.sql..")
            .layer("schema")
            .definedBy("dev.pgherd.schema..")
            .layer("health")
            .definedBy("dev.pgherd.health..")
            .layer("plan")
            .definedBy("dev.pgherd.plan..")
            .layer("connection")
            .definedBy("dev.pgherd.connection..")
            .layer("operator")
            .definedBy("dev.pgherd.operator..")
            .layer("mcp")
            .definedBy("dev.pgherd.mcp..")
            .layer("rest")
            .definedBy("dev.pgherd.rest..")
            .layer("http")
            .definedBy("dev.pgherd.http..")
            .layer("devcluster")
            .definedBy("dev.pgherd.devcluster..")
            .layer("cli")
            .definedBy("dev.pgherd.cli..")
            .whereLayer("api")
            .mayNotAccessAnyLayer()
            .whereLayer("config")
            .mayNotAccessAnyLayer()
            .whereLayer("digest")
            .mayNotAccessAnyLayer()
            .whereLayer("sql")
            .mayNotAccessAnyLayer()
            .whereLayer("health")
            .mayOnlyAccessLayers("schema", "sql")
            .whereLayer("plan")
            .mayNotAccessAnyLayer()
            .whereLayer("schema")
            .mayOnlyAccessLayers("sql")
            .whereLayer("route")
            .mayOnlyAccessLayers("api", "config")
            .whereLayer("connection")
            .mayOnlyAccessLayers("api", "config", "route")
            .whereLayer("operator")
            .mayOnlyAccessLayers("api", "config", "digest", "route")
            .whereLayer("mcp")
            .mayOnlyAccessLayers("api", "config", "connection", "digest", "health", "plan", "schema", "sql")
            .whereLayer("http")
            .mayOnlyAccessLayers("config")
            .whereLayer("rest")
            .mayOnlyAccessLayers("api", "config", "http", "mcp", "sql")
            .whereLayer("devcluster")
            .mayOnlyAccessLayers("api", "config", "digest")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.pgherd.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule desiredStateAndStatusArePure = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.pgherd.operator.resource..", "dev.pgherd.operator.lifecycle..", "dev.pgherd.operator.status..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fabric8.kubernetes.client..", "io.javaoperatorsdk..", "java.net.http..", "java.sql..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.time.Clock.class);

    @ArchTest
    static final ArchRule timeComesFromAClock = noClasses()
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule poolsStayInConnection = noClasses()
            .that()
            .resideOutsideOfPackage("dev.pgherd.connection..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.zaxxer.hikari..");

    @ArchTest
    static final ArchRule theMcpSdkStaysInMcpAndCli = noClasses()
            .that()
            .resideOutsideOfPackages("dev.pgherd.mcp..", "dev.pgherd.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.modelcontextprotocol..");

    @ArchTest
    static final ArchRule theModelsClientStaysInAsk = noClasses()
            .that()
            .resideOutsideOfPackage("dev.pgherd.mcp.ask..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.openai..");

    @ArchTest
    static final ArchRule theCommandLineStaysInCli = noClasses()
            .that()
            .resideOutsideOfPackage("dev.pgherd.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule theOperatorSdkStaysInOperatorAndCli = noClasses()
            .that()
            .resideOutsideOfPackages("dev.pgherd.operator..", "dev.pgherd.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.javaoperatorsdk..");

    @ArchTest
    static final ArchRule theGrammarStaysInTheGuard = noClasses()
            .that()
            .resideOutsideOfPackage("dev.pgherd.sql.guard..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.antlr..", "org.pgcodekeeper..");

    @ArchTest
    static final ArchRule theGrantsArePure = noClasses()
            .that()
            .resideInAPackage("dev.pgherd.operator.database.access..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "io.fabric8.kubernetes.client..");

    @ArchTest
    static final ArchRule theEnvironmentIsReadInCli = noClasses()
            .that()
            .resideOutsideOfPackage("dev.pgherd.cli..")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    @ArchTest
    static final ArchRule nothingIsPrintedOutsideCli = noClasses()
            .that()
            .resideOutsideOfPackage("dev.pgherd.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule noGlobalState = noFields().that().areStatic().should().notBeFinal();
}
