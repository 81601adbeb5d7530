package dev.heirloom;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Imports point one way, and names are what they should be. */
@AnalyzeClasses(packages = "dev.heirloom", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule imports_pointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("calls")
            .definedBy("dev.heirloom.calls..")
            .layer("rest")
            .definedBy("dev.heirloom.rest..")
            .layer("documents")
            .definedBy("dev.heirloom.documents..")
            .layer("security")
            .definedBy("dev.heirloom.security..")
            .layer("manager")
            .definedBy("dev.heirloom.manager..")
            .layer("root")
            .definedBy("dev.heirloom")
            .layer("backup")
            .definedBy("dev.heirloom.backup..")
            .layer("supervision")
            .definedBy("dev.heirloom.supervision..")
            .layer("ownership")
            .definedBy("dev.heirloom.ownership..")
            .layer("table")
            .definedBy("dev.heirloom.table..")
            .whereLayer("calls")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("rest")
            .mayOnlyBeAccessedByLayers("calls")
            .whereLayer("documents")
            .mayOnlyBeAccessedByLayers("rest")
            .whereLayer("security")
            .mayOnlyBeAccessedByLayers("calls", "rest")
            .whereLayer("manager")
            .mayOnlyBeAccessedByLayers("calls", "rest", "documents")
            .whereLayer("root")
            .mayOnlyBeAccessedByLayers("calls", "rest", "documents", "manager")
            .whereLayer("backup")
            .mayOnlyBeAccessedByLayers("calls", "rest", "documents", "manager", "root")
            .whereLayer("supervision")
            .mayOnlyBeAccessedByLayers("calls", "rest", "documents", "manager", "root")
            .whereLayer("ownership")
            .mayOnlyBeAccessedByLayers("calls", "rest", "documents", "manager", "root", "backup", "supervision");

    @ArchTest
    static final ArchRule tableOwnershipSupervision_dependOnTheJdkOnly = classes()
            .that()
            .resideInAnyPackage("dev.heirloom.table..", "dev.heirloom.ownership..", "dev.heirloom.supervision..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "dev.heirloom.table..",
                    "dev.heirloom.ownership..",
                    "dev.heirloom.supervision.."));

    @ArchTest
    static final ArchRule security_knowsNothingOfTables = noClasses()
            .that()
            .resideInAPackage("dev.heirloom.security..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "dev.heirloom",
                    "dev.heirloom.table..",
                    "dev.heirloom.ownership..",
                    "dev.heirloom.supervision..",
                    "dev.heirloom.backup..",
                    "dev.heirloom.manager..",
                    "dev.heirloom.rest.."));

    @ArchTest
    static final ArchRule ejbAndConcurrency_areUsedByTheManagerOnly = noClasses()
            .that()
            .resideOutsideOfPackages("dev.heirloom.manager..", "dev.heirloom.calls..") // calls is a user's application
            .should()
            .dependOnClassesThat(resideInAnyPackage("jakarta.ejb..", "jakarta.enterprise.concurrent.."));

    @ArchTest
    static final ArchRule calls_areImportedByNobody = noClasses()
            .that()
            .resideOutsideOfPackage("dev.heirloom.calls..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.heirloom.calls.."));

    @ArchTest
    static final ArchRule names_saySomething = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Service");

    @ArchTest
    static final ArchRule packages_areNullMarked = classes()
            .should(new ArchCondition<>("live in a @NullMarked package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean marked = type.getPackage()
                            .tryGetPackageInfo()
                            .map(info -> info.isAnnotatedWith(NullMarked.class))
                            .orElse(false);
                    if (!marked) {
                        events.add(SimpleConditionEvent.violated(
                                type, type.getPackageName() + " has no package-info that is @NullMarked"));
                    }
                }
            });
}
