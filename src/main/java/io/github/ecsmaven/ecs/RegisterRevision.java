package io.github.ecsmaven.ecs;

import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;

/** Sees to it that there is a revision of a task definition: the newest active one when it is equal, else a new one. */
final class RegisterRevision {
    private final EcsClient ecs;

    RegisterRevision(EcsClient ecs) {
        this.ecs = ecs;
    }

    /**
     * @param arn of the revision
     * @param fresh whether it was registered just now; else a build before left it, or another service of this build has it
     */
    record Revision(String arn, boolean fresh) {}

    Revision run(WantedTask wanted) {
        return newest(wanted.definition().family())
                .filter(known -> CompareDefinitions.changes(
                                CopyTaskDefinition.request(known.taskDefinition(), known.tags()),
                                wanted.definition(),
                                wanted.container())
                        .isEmpty())
                .map(known -> new Revision(known.taskDefinition().taskDefinitionArn(), false))
                .orElseGet(() -> new Revision(register(wanted), true));
    }

    private Optional<DescribeTaskDefinitionResponse> newest(String family) {
        try {
            return Optional.of(
                    ecs.describeTaskDefinition(ask -> ask.taskDefinition(family).include(TaskDefinitionField.TAGS)));
        } catch (ClientException noneActive) {
            return Optional.empty();
        } catch (SdkException refused) {
            throw EcsCalls.problem("describe the task definition '" + family + "'", refused);
        }
    }

    private String register(WantedTask wanted) {
        return EcsCalls.call(
                "register a new revision of '" + wanted.definition().family() + "'",
                () -> ecs.registerTaskDefinition(wanted.definition())
                        .taskDefinition()
                        .taskDefinitionArn());
    }
}
