package io.github.ecsmaven.lifecycle.resume;

import java.util.List;
import java.util.Optional;

/**
 * What the calls up to now have done in a module, as {@code target/ecs/phases.json} holds it. Files and folders are named from
 * the module's folder, with slashes, so that the record holds on another machine too.
 *
 * @param project {@code groupId:artifactId:version}
 * @param ended when the last of the phases ended, ISO 8601
 * @param sources fingerprint of what they were run for, see {@link Fingerprints}
 * @param profiles the active ones of the POMs that set more than properties of this plugin
 * @param phases that are done, in Maven's order
 * @param classes folder of the compiled classes, when there are some
 * @param testClasses folder of the compiled tests, when there are some
 * @param artifact the main one
 * @param attached the others
 * @param pom that is installed and deployed, when a plugin has made another than the module's
 * @param generatedSources source roots that plugins have added, of the classes and of the tests
 */
record PhaseRecord(
        String project,
        String ended,
        String sources,
        List<String> profiles,
        List<String> phases,
        Optional<String> classes,
        Optional<String> testClasses,
        Optional<String> artifact,
        List<Attached> attached,
        Optional<String> pom,
        Roots generatedSources) {
    /**
     * An artifact beside the main one.
     *
     * @param type as a dependency on it names it
     * @param extension of its file in a repository
     */
    record Attached(String type, Optional<String> classifier, String extension, String file) {}

    /** Source roots. */
    record Roots(List<String> main, List<String> test) {}

    PhaseRecord {
        profiles = List.copyOf(profiles);
        phases = List.copyOf(phases);
        attached = List.copyOf(attached);
    }

    PhaseRecord withPhases(List<String> fewer) {
        return new PhaseRecord(
                project,
                ended,
                sources,
                profiles,
                fewer,
                classes,
                testClasses,
                artifact,
                attached,
                pom,
                generatedSources);
    }
}
