package io.github.ecsmaven.sandbox;

/** The page at {@code /}: what this is and how to talk to it. */
final class Page {
    private Page() {}

    static String html(State state) {
        String endpoint = "http://127.0.0.1:" + state.port();
        String version = String.valueOf(Page.class.getPackage().getImplementationVersion());
        return """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>ecs-maven-plugin sandbox</title>
                <style>body { font: 16px/1.5 sans-serif; max-width: 60em; margin: 3em auto; padding: 0 1em; color: #222 }
                pre { background: #f3f3f3; padding: 1em; overflow-x: auto }</style></head><body>
                <h1>ecs-maven-plugin sandbox</h1>
                <p>Version %s, at %s, region %s. An AWS for builds: it lives on this machine only and accepts any access key.</p>
                <p>With the AWS CLI:</p>
                <pre>
                export AWS_ENDPOINT_URL=%s AWS_DEFAULT_REGION=%s
                export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
                aws ecr describe-repositories
                aws ecs list-services --cluster default
                aws ecr get-login-password | docker login --username AWS --password-stdin 127.0.0.1:%d
                </pre>
                <p>It is stopped with <code>mvn ecs:sandbox-stop</code>.</p>
                </body></html>
                """.formatted(
                        version.equals("null") ? "under development" : Xml.escape(version),
                        endpoint,
                        state.region(),
                        endpoint,
                        state.region(),
                        state.port());
    }
}
