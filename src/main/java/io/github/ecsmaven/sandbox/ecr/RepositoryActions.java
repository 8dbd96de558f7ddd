package io.github.ecsmaven.sandbox.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** ECR's actions on repositories as wholes. */
final class RepositoryActions {
    private static final Set<String> MUTABILITIES =
            Set.of("MUTABLE", Repository.IMMUTABLE, "MUTABLE_WITH_EXCLUSION", "IMMUTABLE_WITH_EXCLUSION");

    private static final Set<String> ENCRYPTIONS = Set.of("AES256", "KMS", "KMS_DSSE");

    private final Repositories repositories;
    private final Owners owners;
    private final FreeBlobs free;
    private final String host;
    private final Clock clock;

    RepositoryActions(Repositories repositories, Owners owners, FreeBlobs free, String host, Clock clock) {
        this.repositories = repositories;
        this.owners = owners;
        this.free = free;
        this.host = host;
        this.clock = clock;
    }

    ObjectNode create(ObjectNode request) {
        Repository made = repositories.create(new Repository(
                Names.repository(request.path("repositoryName").asText("")),
                clock.millis(),
                mutability(request.path("imageTagMutability").asText("MUTABLE")),
                request.path("imageScanningConfiguration").path("scanOnPush").asBoolean(),
                labels(request.path("tags")),
                Map.of(),
                Map.of(),
                Set.of(),
                settings(request)));
        return answer(made);
    }

    ObjectNode describe(ObjectNode request, Caller caller) {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("repositories");
        if (request.path("repositoryNames").isEmpty()) {
            List<Repository> own = repositories.all().stream()
                    .filter(repository -> owners.owns(caller, repository.name()))
                    .toList();
            Page<Repository> page = Page.of(own, Repository::name, request);
            page.items().forEach(repository -> list.add(describe(repository)));
            if (page.next() != null) {
                answer.put("nextToken", page.next());
            }
        } else {
            request.path("repositoryNames").forEach(name -> list.add(describe(repositories.get(name.asText()))));
        }
        return answer;
    }

    ObjectNode delete(ObjectNode request) {
        String name = request.path("repositoryName").asText("");
        Repository deleted = repositories.delete(name, request.path("force").asBoolean());
        free.run();
        return answer(deleted);
    }

    ObjectNode putMutability(ObjectNode request, Caller caller) {
        String wanted = mutability(request.path("imageTagMutability").asText(""));
        Repository changed = repositories.change(request.path("repositoryName").asText(""), repository -> repository
                .withMutability(wanted)
                .withSettings(repository.settings().withExceptions(exceptions(request))));
        return about(changed, caller).put("imageTagMutability", changed.mutability());
    }

    ObjectNode putScanning(ObjectNode request, Caller caller) {
        boolean wanted =
                request.path("imageScanningConfiguration").path("scanOnPush").asBoolean();
        Repository changed = repositories.change(
                request.path("repositoryName").asText(""), repository -> repository.withScanOnPush(wanted));
        ObjectNode answer = about(changed, caller);
        answer.putObject("imageScanningConfiguration").put("scanOnPush", wanted);
        return answer;
    }

    private static ObjectNode about(Repository repository, Caller caller) {
        return Json.object().put("registryId", caller.account()).put("repositoryName", Owners.plain(repository.name()));
    }

    ObjectNode listTags(ObjectNode request) {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("tags");
        new TreeMap<>(repositories.get(named(request)).labels())
                .forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
        return answer;
    }

    ObjectNode tag(ObjectNode request) {
        Map<String, String> added = labels(request.path("tags"));
        repositories.change(named(request), repository -> {
            Map<String, String> all = new TreeMap<>(repository.labels());
            all.putAll(added);
            if (all.size() > 50) {
                throw Refusal.error(
                        "TooManyTagsException",
                        "The list of tags on the repository is over the limit. The maximum number of tags that can be applied to a repository is 50.");
            }
            return repository.withLabels(all);
        });
        return Json.object();
    }

    ObjectNode untag(ObjectNode request) {
        List<String> keys = new ArrayList<>();
        request.path("tagKeys").forEach(key -> keys.add(key.asText()));
        repositories.change(named(request), repository -> {
            Map<String, String> fewer = new TreeMap<>(repository.labels());
            keys.forEach(fewer::remove);
            return repository.withLabels(fewer);
        });
        return Json.object();
    }

    private ObjectNode answer(Repository repository) {
        ObjectNode answer = Json.object();
        answer.set("repository", describe(repository));
        return answer;
    }

    private ObjectNode describe(Repository repository) {
        String name = Owners.plain(repository.name());
        ObjectNode node = Json.object()
                .put("repositoryArn", owners.of(repository.name()).arn("ecr", "repository/" + name))
                .put("registryId", owners.of(repository.name()).account())
                .put("repositoryName", name)
                .put("repositoryUri", host + "/" + repository.name())
                .put("createdAt", Json.time(Instant.ofEpochMilli(repository.created())))
                .put("imageTagMutability", repository.mutability());
        node.putObject("imageScanningConfiguration").put("scanOnPush", repository.scanOnPush());
        ObjectNode encryption = node.putObject("encryptionConfiguration")
                .put("encryptionType", repository.settings().encryption());
        if (repository.settings().kmsKey() != null) {
            encryption.put("kmsKey", repository.settings().kmsKey());
        }
        if (!repository.settings().exceptions().isEmpty()) {
            ArrayNode filters = node.putArray("imageTagMutabilityExclusionFilters");
            repository.settings().exceptions().forEach(filter -> filters.addObject()
                    .put("filterType", "WILDCARD")
                    .put("filter", filter));
        }
        return node;
    }

    private static Repository.Settings settings(ObjectNode request) {
        JsonNode encryption = request.path("encryptionConfiguration");
        String type = encryption.path("encryptionType").asText("AES256");
        if (!ENCRYPTIONS.contains(type)) {
            throw Refusal.invalid("encryptionType", "Member must satisfy enum value set: [KMS, AES256, KMS_DSSE]");
        }
        return new Repository.Settings(exceptions(request), type, ImageActions.text(encryption, "kmsKey"), null);
    }

    private static List<String> exceptions(ObjectNode request) {
        List<String> filters = new ArrayList<>();
        request.path("imageTagMutabilityExclusionFilters")
                .forEach(filter -> filters.add(filter.path("filter").asText()));
        return filters;
    }

    private String named(ObjectNode request) {
        return owners.named(request.path("resourceArn").asText(""));
    }

    private static String mutability(String wanted) {
        if (!MUTABILITIES.contains(wanted)) {
            throw Refusal.invalid(
                    "imageTagMutability",
                    "Member must satisfy enum value set: [IMMUTABLE, MUTABLE, IMMUTABLE_WITH_EXCLUSION, MUTABLE_WITH_EXCLUSION]");
        }
        return wanted;
    }

    private static Map<String, String> labels(JsonNode tags) {
        Map<String, String> labels = new TreeMap<>();
        tags.forEach(
                tag -> labels.put(tag.path("Key").asText(), tag.path("Value").asText("")));
        return labels;
    }
}
