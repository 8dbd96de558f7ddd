package io.github.ecsmaven;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rooms and whom they may use, each with its reason. */
class ArchitectureTest {
    private static final String ROOT = "io.github.ecsmaven.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.ecsmaven");

    static Stream<Arguments> walls() {
        return Stream.of(
                wall(
                        "image",
                        "it builds bytes and knows no account",
                        "goal",
                        "lifecycle",
                        "container",
                        "ecr",
                        "ecs",
                        "aws",
                        "sandbox"),
                wall(
                        "container",
                        "it runs in the keeper's JVM",
                        "goal",
                        "lifecycle",
                        "image",
                        "ecr",
                        "ecs",
                        "aws",
                        "sandbox"),
                wall(
                        "ecr",
                        "of AWS it may know how errors are told, no more",
                        "goal",
                        "lifecycle",
                        "image",
                        "container",
                        "ecs",
                        "sandbox"),
                wall(
                        "ecs",
                        "of AWS it may know how errors are told, no more",
                        "goal",
                        "lifecycle",
                        "image",
                        "container",
                        "ecr",
                        "smoke",
                        "sandbox"),
                wall(
                        "upload",
                        "of AWS it may know how errors are told, no more",
                        "goal",
                        "lifecycle",
                        "image",
                        "container",
                        "ecr",
                        "ecs",
                        "report",
                        "smoke",
                        "sandbox"),
                wall(
                        "smoke",
                        "it asks over HTTP, whoever has deployed what is asked",
                        "goal",
                        "lifecycle",
                        "image",
                        "container",
                        "ecr",
                        "ecs",
                        "aws",
                        "upload",
                        "report",
                        "notify",
                        "sandbox"),
                wall(
                        "ci",
                        "it makes texts of facts",
                        "goal",
                        "lifecycle",
                        "image",
                        "container",
                        "ecr",
                        "ecs",
                        "upload",
                        "aws",
                        "report",
                        "notify",
                        "sandbox"),
                wall(
                        "aws",
                        "clients are made for others",
                        "goal",
                        "lifecycle",
                        "image",
                        "container",
                        "ecr",
                        "ecs",
                        "sandbox"),
                wall(
                        "notify",
                        "it takes finished records, and of AWS it may know how errors are told",
                        "goal",
                        "lifecycle",
                        "image",
                        "container",
                        "ecr",
                        "ecs",
                        "sandbox"),
                wall(
                        "sandbox",
                        "it stands in for AWS, so it is reached over HTTP only",
                        "goal",
                        "lifecycle",
                        "image",
                        "container",
                        "ecr",
                        "ecs",
                        "aws"),
                wall(
                        "lifecycle",
                        "it is part of every build and must stay light",
                        "image",
                        "container",
                        "ecr",
                        "ecs",
                        "aws",
                        "notify",
                        "sandbox"));
    }

    private static Arguments wall(String room, String because, String... others) {
        return Arguments.of(
                room,
                because,
                Stream.of(others).map(other -> ROOT + other + "..").toArray(String[]::new));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("walls")
    void roomsKeepToTheirNeighbours(String room, String because, String[] others) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .because(because)
                .check(CLASSES);
    }

    @Test
    void onlyGoalAndLifecycleKnowMaven() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "goal..", ROOT + "lifecycle..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.maven..", "org.eclipse.aether..")
                .because("the domain is run and tested without a build")
                .check(CLASSES);
    }

    @Test
    void timeAndEnvironmentComeInFromOutside() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "goal..", ROOT + "lifecycle..")
                .and()
                .haveSimpleNameNotEndingWith("Main")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .because("an hour of rollout is tested in milliseconds")
                .check(CLASSES);
    }

    @Test
    void definitionsKnowNoRollout() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "ecs.definition")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "ecs")
                .because("what a service shall run does not depend on how it is brought there")
                .check(CLASSES);
    }

    @Test
    void verdictsKnowNeitherRolloutsNorTheSdk() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "ecs.verdict")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "ecs", "software.amazon..")
                .because("what is seen is judged the same, wherever it comes from")
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecr", "ecs", "notify", "upload"})
    void clientsComeInFromOutside(String room) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + room + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "aws..").and(not(simpleName("AwsProblems"))))
                .because("of AWS it may know how errors are told, no more")
                .check(CLASSES);
    }

    @Test
    void nobodyPrintsAStackTrace() {
        noClasses()
                .should()
                .callMethod(Throwable.class, "printStackTrace")
                .because("there is one error path")
                .check(CLASSES);
    }
}
