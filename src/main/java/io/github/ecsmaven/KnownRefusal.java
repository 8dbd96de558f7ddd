package io.github.ecsmaven;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What ECR, STS and the registries' protocol say in known words, and what helps. The words are searched for in code and message of
 * the answer.
 *
 * @param saying what it means, to follow a colon
 * @param next what to do
 */
public record KnownRefusal(String saying, String next) {
    private record Row(List<String> words, KnownRefusal refusal) {}

    /** The first that fits is told, so the more telling ones stand first. */
    private static final List<Row> KNOWN = List.of(
            row(
                    "the image has more layers than ECR takes",
                    "merge layers: take a base image (ecs.from.image) with fewer of them.",
                    "limit on number of layers"),
            row(
                    "the manifest that arrived has another digest than the one that was sent",
                    "push again; when it stays, look for a proxy that changes what passes through it.",
                    "imagedigestdoesnotmatch",
                    "does not match the image digest",
                    "does not match the digest that amazon ecr calculated"),
            row(
                    "the registry does not take this format of the manifest",
                    "set ecs.container.format=Docker, which every registry takes.",
                    "'invalid json syntax'"),
            row(
                    "layers of the image are not in the repository",
                    "push again: each layer is looked for, and a missing one is sent.",
                    "layersnotfound",
                    "layers with digests",
                    "layers could not be found",
                    "blob_upload_unknown"),
            row(
                    "the index names images of platforms that are not in the repository",
                    "push again; look for a lifecycle policy that removes untagged images at once.",
                    "referencedimagesnotfound",
                    "images with digests",
                    "manifest blob unknown",
                    "manifest_blob_unknown"),
            row(
                    "a layer arrived with other bytes than its digest says",
                    "push again; when it stays, look for a proxy that changes what passes through it.",
                    "none of the provided layer digests match",
                    "invalidlayerexception"),
            row(
                    "the registry does not say where an upload goes",
                    "let the proxy on the way pass the header Location on, then push again.",
                    "'location' header"),
            row(
                    "an upload went on at the wrong byte",
                    "push again, which starts the upload anew.",
                    "invalidlayerpart",
                    "first byte of the layer part"),
            row(
                    "a layer came in smaller parts than ECR takes",
                    "let the proxy on the way pass uploads on as they are, then push again.",
                    "layerparttoosmall",
                    "should be at least 5mb"),
            row(
                    "an upload ended without a byte",
                    "let the proxy on the way pass the bodies of requests on, then push again.",
                    "emptyupload",
                    "does not have any parts"),
            row(
                    "the registry does not know by which name it was called",
                    "let the proxy send ECR's own name, <account>.dkr.ecr.<region>.amazonaws.com, as Host.",
                    "could not resolve registry id from host"),
            row(
                    "the store of the layers got two logins",
                    "let the proxy on the way add no Authorization to requests for other hosts.",
                    "only one auth mechanism allowed"),
            row("the list asks for more at once than ECR gives", "ask for 1000 entries at most.", "'maxresults'"),
            row(
                    "the name of the repository is not one that ECR takes",
                    "write ecs.repository in lower case, without host, with single . _ - and / between words.",
                    "parameter at 'repositoryname'"),
            row(
                    "the repository's key cannot be used",
                    "check that the key of ecs.repository.encryption is enabled and that its policy allows the build's"
                            + " role kms:CreateGrant and kms:DescribeKey.",
                    "kmsexception"),
            row(
                    "a policy of the organization forbids it",
                    "ask the organization's administrators.",
                    "blockedbyorganizationpolicy"),
            row("the repository would have more than 50 AWS tags", "name fewer in ecs.repository.tags.", "toomanytags"),
            row(
                    "the image is archived",
                    "push it again, or restore it (aws ecr update-image-storage-class --target-storage-class STANDARD).",
                    "imagearchived",
                    "scan image_archived"),
            row(
                    "the image has been scanned as often as ECR does in a day",
                    "read the findings of the last scan, or run it again tomorrow.",
                    "scan quota per image"),
            row(
                    "the account's registry does not take scans by hand",
                    "let enhanced scanning look at the repository, or set the registry to basic scanning.",
                    "this feature is disabled"),
            row(
                    "ECR cannot scan this kind of image",
                    "let the build go on without a scan with -Decs.scan.unsupported=warn, or take a base image of a"
                            + " distribution that ECR knows.",
                    "unsupportedimagetype",
                    "unsupportedimageerror",
                    "scan unsupported_image"),
            row(
                    "Inspector no longer watches the image",
                    "push it again, or let Inspector watch images for longer (its ECR re-scan duration).",
                    "scan scan_eligibility_expired"),
            row(
                    "the scan has no findings that can be read now",
                    "run it again later, or release it unscanned with -Decs.scan.unsupported=warn.",
                    "scan findings_unavailable"),
            row(
                    "the limit of scans is reached",
                    "run it again later, or release it unscanned with -Decs.scan.unsupported=warn.",
                    "scan limit_exceeded"),
            row(
                    "the image has not been scanned",
                    "turn on scan on push for the repository (ecs.repository.scanOnPush for a new one).",
                    "scannotfound"),
            row(
                    "another push sent the same layer",
                    "run it again; a layer that is there is not sent again.",
                    "layeralreadyexists"),
            row(
                    "a tag is there already and is immutable",
                    "name tags in ecs.tags that no other image has: a raised version, {commit:8}, {build}.",
                    "imagetagalreadyexists"),
            row("the image has this tag already", "nothing: it is as asked.", "imagealreadyexists"),
            row(
                    "the registry does not have this image",
                    "check its tag and the repository's lifecycle policy; a pull through cache takes"
                            + " ecr:BatchImportUpstreamImage.",
                    "imagenotfound",
                    "requested image not found",
                    "manifest unknown",
                    "manifest_unknown"),
            row(
                    "the repository has no lifecycle policy",
                    "set one (ecs.repository.lifecyclePolicy for a new repository).",
                    "lifecyclepolicynotfound"),
            row(
                    "the repository has no policy of its own",
                    "set one when other accounts shall use it (aws ecr set-repository-policy).",
                    "repositorypolicynotfound"),
            row(
                    "the registry has no policy of its own",
                    "set one when other accounts shall use it (aws ecr put-registry-policy).",
                    "registrypolicynotfound"),
            row(
                    "the registry has no pull through cache of this prefix",
                    "check prefix and region (aws ecr describe-pull-through-cache-rules).",
                    "pullthroughcacherulenotfound"),
            row(
                    "the registry has no repository creation template of this prefix",
                    "check prefix and region (aws ecr describe-repository-creation-templates).",
                    "templatenotfound"),
            row(
                    "the repository does not exist",
                    "check ecs.repository, ecs.region and the account, or let it be created with"
                            + " -Decs.createRepository.",
                    "repositorynotfound"),
            row("another build has created the repository", "run it again.", "repositoryalreadyexists"),
            row("the repository still has images", "remove its images first.", "repositorynotempty"),
            row(
                    "the role does not trust the token of this build",
                    "compare the token's sub and aud with the conditions in the trust policy of the role, and check the"
                            + " role's ARN.",
                    "not authorized to perform sts:assumerolewithwebidentity"),
            row(
                    "the role's account does not know who issues the tokens of this build",
                    "add the issuer as an IAM identity provider (OpenID Connect) to the account of the role.",
                    "no openidconnect provider found"),
            row(
                    "AWS cannot check the token of this build",
                    "let AWS reach the issuer: its address and keys (/.well-known/openid-configuration) have to be public.",
                    "couldn't retrieve verification key"),
            row(
                    "the token of this build has no audience",
                    "let the CI put one into it (aud: sts.amazonaws.com), the same as in the role's trust policy.",
                    "missing a required claim: aud"));

    /** @param answer the code of the error and its message */
    public static Optional<KnownRefusal> of(String answer) {
        String said = answer.toLowerCase(Locale.ROOT);
        return KNOWN.stream()
                .filter(row -> row.words().stream().anyMatch(said::contains))
                .map(Row::refusal)
                .findFirst();
    }

    private static Row row(String saying, String next, String... words) {
        return new Row(List.of(words), new KnownRefusal(saying, next));
    }
}
