package io.github.ecsmaven.sandbox.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.Json;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnersTest {
    private static final Caller OWN = new Caller("123456789012", "us-east-1");
    private static final Caller REGION = new Caller("123456789012", "eu-west-1");
    private static final Caller ACCOUNT = new Caller("210987654321", "us-east-1");

    @TempDir
    Path home;

    private Ecr ecr;

    @BeforeEach
    void create() {
        ecr = new Ecr(home, 4747, OWN, "secret", Clock.systemUTC());
        ask("CreateRepository", OWN);
    }

    @Test
    void repositoryOfOneAccountAndRegionIsNotThereInAnother() {
        for (Caller other : new Caller[] {REGION, ACCOUNT}) {
            assertThatThrownBy(() -> ask("DescribeImages", other))
                    .isInstanceOf(AwsError.class)
                    .hasMessageContaining("The repository with name 'orders' does not exist in the registry with id '"
                            + other.account() + "'");
            assertThat(list(other)).isEmpty();
        }
        assertThat(list(OWN)).isEqualTo("127.0.0.1:4747/orders ");
    }

    @Test
    void repositoriesOfTheSameNameHaveTheirOwnAddresses() {
        ObjectNode made = (ObjectNode) ask("CreateRepository", REGION).path("repository");
        ask("CreateRepository", ACCOUNT);
        assertThat(made.path("repositoryName").asText()).isEqualTo("orders");
        assertThat(made.path("repositoryArn").asText())
                .isEqualTo("arn:aws:ecr:eu-west-1:123456789012:repository/orders");
        assertThat(list(REGION)).isEqualTo("127.0.0.1:4747/123456789012.eu-west-1/orders ");
        assertThat(list(ACCOUNT)).isEqualTo("127.0.0.1:4747/210987654321.us-east-1/orders ");
        assertThat(ecr.callers()).containsExactlyInAnyOrder(OWN, REGION, ACCOUNT);
    }

    @Test
    void registryIdNamesAnotherAccountsRepository() {
        ask("CreateRepository", ACCOUNT);
        ObjectNode request = Json.object().put("registryId", "210987654321").put("repositoryName", "orders");
        assertThat(ecr.api().handle("ListImages", request, OWN).path("imageIds"))
                .isEmpty();
    }

    @Test
    void tagsGoToTheRepositoryOfTheArn() {
        ask("CreateRepository", REGION);
        ObjectNode request = Json.object().put("resourceArn", "arn:aws:ecr:eu-west-1:123456789012:repository/orders");
        request.putArray("tags").addObject().put("Key", "team").put("Value", "shop");
        ecr.api().handle("TagResource", request, REGION);
        ObjectNode own = Json.object().put("resourceArn", "arn:aws:ecr:us-east-1:123456789012:repository/orders");
        assertThat(ecr.api().handle("ListTagsForResource", own, OWN).path("tags"))
                .isEmpty();
        assertThat(ecr.api().handle("ListTagsForResource", request, OWN).path("tags"))
                .hasSize(1);
    }

    private ObjectNode ask(String action, Caller caller) {
        return ecr.api().handle(action, Json.object().put("repositoryName", "orders"), caller);
    }

    private String list(Caller caller) {
        StringBuilder uris = new StringBuilder();
        ecr.api()
                .handle("DescribeRepositories", Json.object(), caller)
                .path("repositories")
                .forEach(one -> uris.append(one.path("repositoryUri").asText()).append(' '));
        return uris.toString();
    }
}
