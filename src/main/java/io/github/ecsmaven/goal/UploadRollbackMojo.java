package io.github.ecsmaven.goal;

import io.github.ecsmaven.RecordFile;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.aws.AwsSettings;
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
                done = uploading(clients, log).rollBack(request, OptionText.text(uploadTo));
            } finally {
                log.gone();
            }
            if (!request.dryRun()) {
                RecordFile.write(files().upload(), done);
            }
            log.uploaded(done, site);
        }
    }
}
