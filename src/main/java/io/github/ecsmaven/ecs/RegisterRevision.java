package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.definition.CompareDefinitions;
import io.github.ecsmaven.ecs.definition.KnownDefinition;
import io.github.ecsmaven.ecs.definition.WantedTask;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;

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
                .filter(known -> CompareDefinitions.changes(known.again(), wanted.definition(), wanted.container())
                        .isEmpty())
                .map(known -> new Revision(known.arn(), false))
                .orElseGet(() -> new Revision(register(wanted), true));
    }

    private Optional<KnownDefinition> newest(String family) {
        try {
            return Optional.of(KnownDefinition.read(ecs, family));
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
