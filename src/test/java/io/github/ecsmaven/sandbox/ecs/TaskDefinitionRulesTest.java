package io.github.ecsmaven.sandbox.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskDefinitionRulesTest {
    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'family':'web','containerDefinitions':[]|Container list cannot be empty.",
                "'family':'web','containerDefinitions':[{'image':'i','memory':1}]|Container.name should not be null or"
                        + " empty.",
                "'family':'web','containerDefinitions':[{'name':'a','memory':1}]|Container.image should not be null or"
                        + " empty.",
                "'family':'web','containerDefinitions':[{'name':'../a','image':'i','memory':1}]|Container.name contains"
                        + " invalid characters.",
                "'family':'web','containerDefinitions':[{'name':'a','image':'../i','memory':1}]|Container.image contains"
                        + " invalid characters.",
                "'family':'web','containerDefinitions':[{'name':'a','image':'i','memory':1,'privileged':true}]|The"
                        + " sandbox does not run privileged containers: 'privileged' is set for container 'a'. It is not"
                        + " supported on Fargate either.",
                "'family':'web','containerDefinitions':[{'name':'a','image':'i'}]|Invalid setting for container 'a'. At"
                        + " least one of 'memory' or 'memoryReservation' must be specified.",
                "'family':'web','memory':'512','containerDefinitions':[{'name':'a','image':'i','memory':1024}]|The"
                        + " 'memory' setting for container is greater than for the task",
                "'family':'web','networkMode':'awsvpc','requiresCompatibilities':['FARGATE'],'cpu':'256','memory':'4096',"
                        + "'containerDefinitions':[{'name':'a','image':'i'}]|No Fargate configuration exists for given"
                        + " values.",
                "'family':'web','networkMode':'awsvpc','requiresCompatibilities':['FARGATE'],'memory':'512',"
                        + "'containerDefinitions':[{'name':'a','image':'i'}]|Fargate requires that 'cpu' be defined at"
                        + " the task level."
            })
    void checkWhenDefinitionIsBadRefuses(String members, String text) throws IOException {
        ObjectNode request = parse(members);
        AwsError error = catchThrowableOfType(AwsError.class, () -> TaskDefinitionRules.check(request));
        assertThat(error.code()).isEqualTo("ClientException");
        assertThat(error.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'family':'web','containerDefinitions':[{'name':'a','image':'i','memory':128}]",
                "'family':'web','networkMode':'awsvpc','requiresCompatibilities':['FARGATE'],'cpu':'.5 vCPU',"
                        + "'memory':'1 GB','containerDefinitions':[{'name':'a','image':'i'}]",
                "'family':'web','networkMode':'awsvpc','requiresCompatibilities':['FARGATE'],'cpu':'1024',"
                        + "'memory':'8192','containerDefinitions':[{'name':'a','image':'i'}]"
            })
    void checkWhenDefinitionIsGoodAccepts(String members) {
        assertThatCode(() -> TaskDefinitionRules.check(parse(members))).doesNotThrowAnyException();
    }

    private static ObjectNode parse(String members) throws IOException {
        return (ObjectNode) new ObjectMapper().readTree("{" + members.replace('\'', '"') + "}");
    }
}
