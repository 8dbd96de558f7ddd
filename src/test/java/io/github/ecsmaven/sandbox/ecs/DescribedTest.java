package io.github.ecsmaven.sandbox.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescribedTest {
    private static final Caller CALLER = new Caller("123456789012", "us-east-1");
    private static final String ARN = "arn:aws:ecs:us-east-1:123456789012:";

    @TempDir
    Path home;

    private final Map<String, Handler> handlers = new TreeMap<>();

    @BeforeEach
    void makeACluster() throws IOException {
        Store store = new Store(home);
        Names names = new Names(store);
        Render render = new Render(store);
        new ClusterActions(store, names, render).addTo(handlers);
        new ServiceActions(store, names, render).addTo(handlers);
        new TaskActions(store, names, render, () -> 0).addTo(handlers);
        new DeploymentActions(store, names, render, () -> 0).addTo(handlers);
        ask("CreateCluster", "{\"clusterName\":\"uat\"}");
    }

    @Test
    void answerOfWhatIsThereAndWhatIsNotHasBoth() throws IOException {
        ObjectNode answer = ask("DescribeClusters", "{\"clusters\":[\"other\",\"uat\"]}");
        assertThat(answer.path("clusters")).singleElement().satisfies(cluster -> assertThat(
                        cluster.path("clusterName").asText())
                .isEqualTo("uat"));
        assertThat(answer.path("failures"))
                .hasToString("[{\"arn\":\"" + ARN + "cluster/other\",\"reason\":\"MISSING\"}]");
    }

    @ParameterizedTest
    @CsvSource({"DescribeServices, services, service", "DescribeTasks, tasks, task"})
    void answerOfWhatIsNotInTheClusterNamesItsArn(String action, String member, String kind) throws IOException {
        String arn = ARN + kind + "/uat/other";
        ObjectNode answer = ask(action, "{\"cluster\":\"uat\",\"" + member + "\":[\"orders\",\"" + arn + "\"]}");
        assertThat(answer)
                .hasToString("{\"" + member + "\":[],\"failures\":[{\"arn\":\"" + ARN + kind
                        + "/uat/orders\",\"reason\":\"MISSING\"},{\"arn\":\"" + arn + "\",\"reason\":\"MISSING\"}]}");
    }

    @ParameterizedTest
    @CsvSource({"DescribeServiceDeployments, serviceDeployment", "DescribeServiceRevisions, serviceRevision"})
    void answerOfAnUnknownArnNamesIt(String action, String kind) throws IOException {
        assertThat(ask(action, "{\"" + kind + "Arns\":[\"arn:x\"]}"))
                .hasToString("{\"" + kind + "s\":[],\"failures\":[{\"arn\":\"arn:x\",\"reason\":\"MISSING\"}]}");
    }

    @ParameterizedTest
    @CsvSource({
        "DescribeServices, services, 0, Services cannot be empty.",
        "DescribeServices, services, 10,",
        "DescribeServices, services, 11, Services cannot have more than 10 elements.",
        "DescribeTasks, tasks, 0, Tasks cannot be empty.",
        "DescribeTasks, tasks, 100,",
        "DescribeTasks, tasks, 101, Tasks cannot have more than 100 elements."
    })
    void askedWhenNoneOrTooManyAreNamedRefuses(String action, String member, int count, String refusal)
            throws IOException {
        String names = String.join(",", Collections.nCopies(count, "\"a\""));
        String request = "{\"cluster\":\"uat\",\"" + member + "\":[" + names + "]}";
        if (refusal == null) {
            assertThat(ask(action, request).path("failures")).hasSize(count);
        } else {
            assertThatThrownBy(() -> ask(action, request))
                    .isInstanceOf(AwsError.class)
                    .hasMessageContaining(refusal);
        }
    }

    private ObjectNode ask(String action, String request) throws IOException {
        return handlers.get(action).handle((ObjectNode) new ObjectMapper().readTree(request), CALLER);
    }
}
