package io.github.ecsmaven.goal;

import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.aws.AwsSettings;
import io.github.ecsmaven.smoke.Fault;
import io.github.ecsmaven.smoke.SmokeRequest;
import io.github.ecsmaven.upload.UploadRequest;
import io.github.ecsmaven.upload.UploadedSite;
import java.time.Clock;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Brings an earlier set of files of the front end back, within the bucket, and tells CloudFront. */
@Mojo(name = "upload-rollback", threadSafe = true)
public final class UploadRollbackMojo extends UploadTarget {
    /** The set to go back to: its id, as {@code ecs:upload} has told it, or the id's beginning. Default: {@code previous}. */
    @Parameter(property = "ecs.upload.to")
    @Nullable String uploadTo;

    @Override
    void change(UploadRequest request) throws InterruptedException {
        AwsSettings settings = aws();
        try (AwsClients clients = new AwsClients(settings, System.getenv())) {
            Optional<String> site = site(clients, request);
            ConsoleUploadLog log = new ConsoleUploadLog(getLog(), progress(Clock.systemUTC()), request.dryRun());
            UploadedSite done;
            try {
                done = uploading(clients, log)
                        .rollBack(request, OptionText.text(uploadTo))
                        .at(site);
            } finally {
                log.gone();
            }
            if (!request.dryRun()) {
                record(done);
            }
            log.uploaded(done, site);
            Optional<SmokeRequest> smoke = siteSmoke().filter(asked -> !request.dryRun());
            Optional<Fault> fault = smoke.isPresent() ? ask(smoke.get(), site) : Optional.empty();
            if (fault.isPresent()) {
                throw failed(request, fault.get(), "The site is left on the files that were brought back.");
            }
        }
    }
}
