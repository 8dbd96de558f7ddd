package io.github.ecsmaven.ecr;

import java.util.Map;
import java.util.Optional;

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

    /** The policy that keeps the newest images and expires the others, whatever their tags. */
    public static String keep(int images) {
        return "{\"rules\":[{\"rulePriority\":1,\"description\":\"keep the newest " + images
                + " images\",\"selection\":{\"tagStatus\":\"any\",\"countType\":\"imageCountMoreThan\",\"countNumber\":"
                + images
                + "},\"action\":{\"type\":\"expire\"}}]}";
    }
}
