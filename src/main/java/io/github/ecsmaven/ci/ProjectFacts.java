package io.github.ecsmaven.ci;

import java.util.List;
import java.util.Optional;

/**
 * What a pipeline has to know of the project. Each text is one that shells, YAML and Groovy take as it is: see {@link #PLAIN}.
 *
 * @param name what its people call it: the artifactId of the top project
 * @param java the JDK to build with, a version with long support: 17, 21, 25 …
 * @param contents what there is to deploy
 * @param maven the command: {@code ./mvnw}, {@code sh mvnw} or {@code mvn}
 * @param host of the git remote, without a login; empty for a remote without one, such as a folder
 * @param branch the one that deploys
 * @param region of AWS, where the project says it; empty when the CI has to
 * @param production the options of the promotion: {@code -Decs.cluster=production} or {@code -Pproduction}
 * @param productionRegion of AWS, where the project says it
 * @param mail who is told by the CI itself that a build has failed; empty for the author of the commit
 * @param secrets names of variables that the project's notifications take from the environment, {@code SLACK_URL}
 */
public record ProjectFacts(
        String name,
        int java,
        Contents contents,
        String maven,
        Optional<String> host,
        String branch,
        Optional<String> region,
        String production,
        Optional<String> productionRegion,
        List<String> mail,
        List<String> secrets) {
    /** Texts without signs that have a meaning in a shell, in YAML or in Groovy. */
    public static final String PLAIN = "[A-Za-z0-9][A-Za-z0-9._:/@+-]*";

    public ProjectFacts {
        mail = List.copyOf(mail);
        secrets = List.copyOf(secrets);
    }

    /**
     * What a project has that is deployed.
     *
     * @param reactor whether it has modules
     * @param images whether one of them may get an image
     * @param frontEnds folders with built front ends, from the top of the checkout
     * @param promotesFrontEnds whether a profile of production says another bucket of one of them
     */
    public record Contents(boolean reactor, boolean images, List<String> frontEnds, boolean promotesFrontEnds) {
        public Contents {
            frontEnds = List.copyOf(frontEnds);
        }
    }

    /** False when the CI has to bring Maven along. */
    public boolean hasWrapper() {
        return !maven.equals("mvn");
    }

    /** What stages hand on beside the folders {@code target}. */
    List<String> besideTarget() {
        return contents.frontEnds().stream()
                .filter(folder -> !("/" + folder + "/").contains("/target/"))
                .toList();
    }

    /** The least version with long support that compiles for a release; the plugin itself runs on 17 and later. */
    public static int supportedJava(int release) {
        return List.of(17, 21, 25).stream()
                .filter(version -> version >= release)
                .findFirst()
                .orElse(release);
    }
}
