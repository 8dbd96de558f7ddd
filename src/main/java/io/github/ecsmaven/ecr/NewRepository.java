package io.github.ecsmaven.ecr;

import io.github.ecsmaven.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a missing repository is made; of one that is there nothing is changed.
 *
 * @param immutable no tag moves
 * @param scanOnPush ECR's basic scan of all that is pushed
 * @param encryption empty: ECR's own, AES256
 * @param lifecyclePolicy JSON
 * @param tags of the repository as a resource
 */
public record NewRepository(
        boolean immutable,
        boolean scanOnPush,
        Optional<Encryption> encryption,
        Optional<String> lifecyclePolicy,
        Map<String, String> tags) {
    /** ECR refuses some more, such as two slashes side by side. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._/-]{0,254}[a-z0-9]");

    public NewRepository {
        tags = Map.copyOf(tags);
    }

    /**
     * Encryption at rest.
     *
     * @param type as in ECR's API: {@code AES256}, {@code KMS} or {@code KMS_DSSE}
     * @param key id, ARN or alias; empty: the account's key for ECR
     */
    public record Encryption(String type, Optional<String> key) {
        /** @param text {@code AES256}, {@code KMS}, {@code KMS_DSSE}, or a key of KMS */
        public static Encryption of(String text) {
            String plain = text.strip();
            return switch (plain) {
                case "AES256", "KMS", "KMS_DSSE" -> new Encryption(plain, Optional.empty());
                default -> new Encryption("KMS", Optional.of(plain));
            };
        }
    }

    /**
     * @param repository {@code ecs.repository}
     * @throws Problem when ECR takes no such name
     */
    public static void requireName(String repository) {
        if (!NAME.matcher(repository).matches()) {
            throw Problem.ofProject(
                    "'" + repository + "' is not the name of a repository (ecs.repository).",
                    "write 2 to 256 lower case letters, digits, '.', '_', '-' and '/', with a letter or a digit at both"
                            + " ends, for example -Decs.repository=shop/orders.");
        }
    }

    /** The policy that keeps the newest images and expires the others, whatever their tags. */
    public static String keep(int images) {
        return "{\"rules\":[{\"rulePriority\":1,\"description\":\"keep the newest " + images
                + " images\",\"selection\":{\"tagStatus\":\"any\",\"countType\":\"imageCountMoreThan\",\"countNumber\":"
                + images
                + "},\"action\":{\"type\":\"expire\"}}]}";
    }
}
