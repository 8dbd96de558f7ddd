package io.github.ecsmaven.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ecsmaven.sandbox.wire.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsTest {
    private static final Caller CALLER = new Caller("123456789012", "eu-west-1");

    private final Faults faults = new Faults();

    @ParameterizedTest(name = "{0} at {1}:{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'fault': 'throttle'} | ecs | DescribeServices | 400 ThrottlingException Rate exceeded",
                "{'fault': 'throttle', 'action': 'DescribeServices'} | ecs | DescribeServices | 400"
                        + " ThrottlingException Rate exceeded",
                "{'fault': 'throttle', 'action': 'ecs:DescribeServices'} | ecs | DescribeServices | 400"
                        + " ThrottlingException Rate exceeded",
                "{'fault': 'throttle', 'action': 'ecs:*'} | ecs | ListTasks | 400 ThrottlingException Rate exceeded",
                "{'fault': 'throttle', 'action': 'ecs:*'} | ecr | PutImage | fine",
                "{'fault': 'throttle', 'action': 'DescribeServices'} | ecs | ListTasks | fine",
                "{'fault': 'latency', 'millis': 250} | ecs | ListTasks | after 250 ms fine",
                "[{'fault': 'latency', 'millis': 250}, {'fault': 'cut'}] | ecs | ListTasks | after 250 ms cut",
                "{'fault': 'error'} | ecs | ListTasks | 500 ServerException Service Unavailable. Please try again"
                        + " later.",
                "{'fault': 'error', 'status': 503} | ecr | PutImage | 503 ServerException Service Unavailable. Please"
                        + " try again later.",
                "{'fault': 'error', 'status': 400, 'code': 'ExpiredTokenException', 'message': 'Old'} | ecs |"
                        + " ListTasks | 400 ExpiredTokenException Old",
                "{'fault': 'cut', 'action': 'PutImage'} | ecr | PutImage | cut",
                "{'fault': 'placement'} | ecs | UpdateService | fine",
            })
    void onCallWhenOrderedIs(String order, String service, String action, String expected) {
        faults.order(json(order));
        Trouble trouble = faults.onCall(service, action, json("{}"), CALLER);

        assertThat(told(trouble)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ecs:UpdateService | UpdateService | {'service': 'web', 'cluster': 'uat'} |"
                        + " arn:aws:ecs:eu-west-1:123456789012:service/uat/web",
                "ecs:DescribeServices | DescribeServices | {'services': ['web']} |"
                        + " arn:aws:ecs:eu-west-1:123456789012:service/default/web",
                "ecs:RegisterTaskDefinition | RegisterTaskDefinition | {'family': 'web'} |"
                        + " arn:aws:ecs:eu-west-1:123456789012:task-definition/web:*",
                "ecs:DescribeClusters | DescribeClusters | {'clusters': ['uat']} |"
                        + " arn:aws:ecs:eu-west-1:123456789012:cluster/uat",
                "iam:PassRole | RegisterTaskDefinition | {'executionRoleArn': 'arn:aws:iam::1:role/e'} |"
                        + " arn:aws:iam::1:role/e",
            })
    void onCallWhenPermissionIsDeniedNamesCallerAndResource(
            String permission, String action, String request, String resource) {
        faults.order(json("{'fault': 'deny', 'action': '" + permission + "'}"));

        assertThat(told(faults.onCall("ecs", action, json(request), CALLER)))
                .isEqualTo("400 AccessDeniedException User: arn:aws:iam::123456789012:user/sandbox is not authorized"
                        + " to perform: " + permission + " on resource: " + resource
                        + " because no identity-based policy allows the " + permission + " action");
        assertThat(told(faults.onCall("ecs", "StopTask", json("{}"), CALLER))).isEqualTo("fine");
    }

    @Test
    void onCallWhenCountIsUsedUpForgetsTheFault() {
        faults.order(json("{'fault': 'throttle', 'action': 'ListTasks', 'count': 2}"));
        faults.onCall("ecs", "DescribeTasks", json("{}"), CALLER);
        assertThat(faults.onCall("ecs", "ListTasks", json("{}"), CALLER).error())
                .isPresent();
        assertThat(faults.json().toString())
                .isEqualTo("{\"faults\":[{\"id\":\"1\",\"fault\":\"throttle\",\"action\":\"ListTasks\",\"count\":1}]}");
        assertThat(faults.onCall("ecs", "ListTasks", json("{}"), CALLER).error())
                .isPresent();
        assertThat(faults.onCall("ecs", "ListTasks", json("{}"), CALLER).error())
                .isEmpty();
        assertThat(faults.json().toString()).isEqualTo("{\"faults\":[]}");
    }

    @ParameterizedTest(name = "from layer {0}, {1} times")
    @CsvSource({"1,1,X--", "2,1,-X-", "2,2,-XX", "1,2,XX-", "4,1,---"})
    void onLayerWhenUploadIsLateEnoughFails(int layer, int count, String expected) {
        faults.order(json("{'fault': 'registry', 'layer': " + layer + ", 'status': 429, 'count': " + count + "}"));
        StringBuilder seen = new StringBuilder();
        for (String upload : new String[] {"a", "b", "c"}) {
            seen.append(faults.onLayer("shop/web", upload).isPresent() ? "X" : "-");
        }

        assertThat(seen).hasToString(expected);
    }

    @Test
    void onLayerWhenDataComesInPiecesCountsTheUploadOnce() {
        faults.order(json("{'fault': 'registry', 'repository': 'web', 'layer': 2, 'status': 0}"));
        assertThat(faults.onLayer("web", "a")).isEmpty();
        assertThat(faults.onLayer("web", "a")).isEmpty();
        assertThat(faults.onLayer("other", "b")).isEmpty();
        assertThat(faults.onLayer("web", "c")).contains(0);
    }

    @ParameterizedTest
    @EnumSource
    void onPlacementWhenOrderedTellsTheReason(Placement placement) {
        faults.order(json("{'fault': 'placement', 'service': 'web', 'reason': '" + placement.word() + "'}"));
        assertThat(faults.onPlacement("other")).isEmpty();
        assertThat(faults.onPlacement("web")).contains(placement);
        assertThat(placement.event()).startsWith(" was unable to place a task");
    }

    @Test
    void healthWhenAskedDoesNotCountAndOnHealthDoes() {
        faults.order(json("{'fault': 'health', 'service': 'web', 'status': 404, 'count': 1}"));
        assertThat(faults.health("web")).map(Fault.Detail::status).contains(404);
        assertThat(faults.health("web")).isPresent();
        faults.onHealth("web");
        assertThat(faults.health("web")).isEmpty();
    }

    @Test
    void onHookWhenOrderedStrikesAtThatStage() {
        faults.order(json("{'fault': 'hook', 'service': 'web', 'stage': 'POST_SCALE_UP', 'count': 1}"));
        assertThat(faults.onHook("web", "PRE_SCALE_UP")).isFalse();
        assertThat(faults.onHook("other", "POST_SCALE_UP")).isFalse();
        assertThat(faults.onHook("web", "POST_SCALE_UP")).isTrue();
        assertThat(faults.onHook("web", "POST_SCALE_UP")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'fault': 'trottle'} | 'fault' is 'trottle'; it can be [throttle, latency, error, cut, deny,"
                        + " placement, health, hook, registry]",
                "{'fault': 'throttle', 'actoin': 'x'} | A fault 'throttle' has no 'actoin'; it has [action, count,"
                        + " fault, id]",
                "{'fault': 'throttle', 'count': 0} | 'count' is 0; it must be a number from 1 to 1000000",
                "{'fault': 'hook', 'stage': 'BAKE_TIME'} | 'stage' is 'BAKE_TIME'; it can be [RECONCILE_SERVICE,"
                        + " PRE_SCALE_UP, POST_SCALE_UP, TEST_TRAFFIC_SHIFT, POST_TEST_TRAFFIC_SHIFT,"
                        + " PRODUCTION_TRAFFIC_SHIFT, POST_PRODUCTION_TRAFFIC_SHIFT]",
                "{'fault': 'health', 'check': 'x'} | 'check' is 'x'; it can be [container, elb, refused, timeout]",
            })
    void orderWhenWrongSaysWhatItCanBe(String order, String text) {
        assertThatThrownBy(() -> faults.order(json(order))).hasMessage(text);
        assertThat(faults.json().path("faults")).isEmpty();
    }

    @Test
    void removeWhenThereTakesThatOneAway() {
        faults.order(json("[{'fault': 'cut'}, {'fault': 'deny'}]"));
        assertThat(faults.remove("1")).isTrue();
        assertThat(faults.remove("1")).isFalse();
        assertThat(faults.json().path("faults")).hasSize(1);
        faults.clear();
        assertThat(faults.json().path("faults")).isEmpty();
    }

    private static String told(Trouble trouble) {
        String what = trouble.cut()
                ? "cut"
                : trouble.error()
                        .map(error -> error.status() + " " + error.code() + " " + error.text())
                        .orElse("fine");
        return (trouble.millis() > 0 ? "after " + trouble.millis() + " ms " : "") + what;
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException error) {
            throw new IllegalArgumentException(error);
        }
    }
}
