package io.github.ecsmaven.sandbox.ecr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.Json;
import io.github.ecsmaven.sandbox.wire.JsonService;
import java.time.Clock;
import java.time.Instant;

/** The router of ECR's JSON API. */
final class EcrService implements JsonService {
    private final RepositoryActions repositories;
    private final ImageActions images;
    private final LifecycleActions lifecycles;
    private final ScanActions scans;
    private final Owners owners;
    private final Tokens tokens;
    private final String host;
    private final Clock clock;

    EcrService(
            RepositoryActions repositories,
            ImageActions images,
            LifecycleActions lifecycles,
            ScanActions scans,
            Owners owners,
            Tokens tokens,
            String host,
            Clock clock) {
        this.repositories = repositories;
        this.images = images;
        this.lifecycles = lifecycles;
        this.scans = scans;
        this.owners = owners;
        this.tokens = tokens;
        this.host = host;
        this.clock = clock;
    }

    @Override
    public String targetPrefix() {
        return "AmazonEC2ContainerRegistry_V20150921";
    }

    @Override
    public ObjectNode handle(String action, ObjectNode asked, Caller caller) {
        ObjectNode request = owners.named(asked, caller);
        return switch (action) {
            case "CreateRepository" -> repositories.create(request);
            case "DescribeRepositories" -> repositories.describe(request, caller);
            case "DeleteRepository" -> repositories.delete(request);
            case "PutImageTagMutability" -> repositories.putMutability(request, caller);
            case "PutImageScanningConfiguration" -> repositories.putScanning(request, caller);
            case "PutLifecyclePolicy" -> lifecycles.put(request, caller);
            case "GetLifecyclePolicy" -> lifecycles.get(request, caller);
            case "DeleteLifecyclePolicy" -> lifecycles.delete(request, caller);
            case "ListTagsForResource" -> repositories.listTags(request);
            case "TagResource" -> repositories.tag(request);
            case "UntagResource" -> repositories.untag(request);
            case "GetAuthorizationToken" -> authorizationToken();
            case "PutImage" -> images.put(request, caller);
            case "DescribeImages" -> images.describe(request, caller);
            case "ListImages" -> images.list(request);
            case "BatchGetImage" -> images.batchGet(request, caller);
            case "BatchDeleteImage" -> images.batchDelete(request);
            case "BatchCheckLayerAvailability" -> images.layerAvailability(request);
            case "StartImageScan" -> scans.start(request, caller);
            case "DescribeImageScanFindings" -> scans.findings(request, caller);
            default -> throw AwsError.unknownAction("ecr", action);
        };
    }

    private ObjectNode authorizationToken() {
        Instant expires = clock.instant().plus(Tokens.LIFE);
        ObjectNode answer = Json.object();
        answer.putArray("authorizationData")
                .addObject()
                .put("authorizationToken", tokens.issue(expires))
                .put("expiresAt", Json.time(expires))
                .put("proxyEndpoint", "http://" + host);
        return answer;
    }
}
