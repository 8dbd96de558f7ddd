package io.github.ecsmaven.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads a request, has it carried out, and words the answer. */
final class KeeperDesk {
    private final EngineImages images;
    private final Pulls pulls;
    private final Containers containers;

    KeeperDesk(EngineImages images, Pulls pulls, Containers containers) {
        this.images = images;
        this.pulls = pulls;
        this.containers = containers;
    }

    /** Never throws: whatever goes wrong is the answer. */
    String answer(String request) {
        JsonNode node = Wire.tree(Map.of());
        try {
            node = Wire.read(request);
            return Wire.ok(carryOut(node.path("verb").asText(), node));
        } catch (Problem problem) {
            return Wire.problem(problem);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Wire.problem(Problem.ofMachine(
                    "The keeper of the temporary container was interrupted while it did '"
                            + node.path("verb").asText() + "'" + subject(node),
                    List.of(),
                    "run the build again",
                    e));
        } catch (Throwable e) {
            // An Error too: without an answer Maven would wait for nothing.
            return Wire.problem(Problem.ofMachine(
                    "The Docker engine could not do '" + node.path("verb").asText() + "'" + subject(node),
                    List.of(Causes.rootText(e)),
                    "check the engine with 'docker info', then run again",
                    e));
        }
    }

    private static String subject(JsonNode node) {
        for (String field : List.of("reference", "tar", "image", "id")) {
            if (node.has(field)) {
                return " for '" + node.path(field).asText() + "'";
            }
        }
        return "";
    }

    private JsonNode carryOut(String verb, JsonNode node) throws IOException, InterruptedException {
        String reference = node.path("reference").asText();
        switch (verb) {
            case "engine":
                return Wire.tree(images.engine());
            case "inspect":
                return images.inspect(reference).map(Wire::tree).orElseGet(() -> Wire.tree(Map.of()));
            case "start":
                return Wire.tree(containers.start(Wire.containerRequest(node)));
            case "network":
                containers.requireNetwork(Wire.servicesRequest(node));
                break;
            case "services":
                return Wire.tree(containers.startServices(Wire.servicesRequest(node)));
            case "stop":
                return Wire.tree(containers.stop(node.path("id").asText()));
            case "pull":
                return Wire.tree(pulls.advance(Wire.strings(node.path("references"))));
            case "load":
                images.load(Path.of(node.path("tar").asText()));
                break;
            case "tag":
                images.tag(node.path("image").asText(), reference);
                break;
            case "save":
                images.save(reference, Path.of(node.path("tar").asText()));
                break;
            case "removeImage":
                images.remove(reference);
                break;
            default:
                throw new IllegalArgumentException("unknown verb");
        }
        return Wire.tree(Map.of());
    }
}
