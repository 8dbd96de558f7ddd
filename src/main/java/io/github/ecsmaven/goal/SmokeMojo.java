package io.github.ecsmaven.goal;

import io.github.ecsmaven.smoke.AskUrls;
import io.github.ecsmaven.smoke.SmokeRequest;
import io.github.ecsmaven.smoke.SmokeRequest.BrowserUse;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The goals that ask what they have deployed whether it works. */
abstract class SmokeMojo extends AwsMojo {
    /**
     * What is asked after the rollout or the upload, comma separated: relative to the address of the service or the site
     * ({@code /health} from the top of its host), or a whole address. What does not answer as it shall is rolled back, and the
     * build fails. Of one of several services {@code ecs.services.<name>.smoke.url}, and so all that is below. Default: nothing
     * is asked. Example: {@code /actuator/health}.
     */
    @Parameter(property = "ecs.smoke.url")
    @Nullable String smokeUrl;

    /** The status of the answer. Redirects on the same host are followed, unless it is one. Example: {@code 204}. */
    @Parameter(property = "ecs.smoke.status", defaultValue = "200")
    String smokeStatus;

    /** Text that has to be in the answer. Default: none. Example: {@code Welcome}. */
    @Parameter(property = "ecs.smoke.text")
    @Nullable String smokeText;

    /**
     * A value that has to be in the answer, which is JSON: path and value, or the path alone for one that has to be there. Default:
     * none. Example: {@code $.components.db.status=UP}.
     */
    @Parameter(property = "ecs.smoke.jsonPath")
    @Nullable String smokeJsonPath;

    /** How often it is asked again, a second after the answer before. Example: {@code 0}. */
    @Parameter(property = "ecs.smoke.retries", defaultValue = "5")
    String smokeRetries;

    /** How long an address is asked in all, and looked at in a browser. As {@code 90s}, {@code 2m} or ISO 8601. */
    @Parameter(property = "ecs.smoke.timeout", defaultValue = "60s")
    String smokeTimeout;

    /** How long to wait for one answer. */
    @Parameter(property = "ecs.smoke.requestTimeout", defaultValue = "10s")
    String smokeRequestTimeout;

    /**
     * Headers of the request, {@code A=b,C=d}; as properties {@code ecs.smoke.headers.A=b}. They are not shown. Default: none.
     * Example: {@code ecs.smoke.headers.X-Api-Key=${env.KEY}}.
     */
    @Parameter
    @Nullable Map<String, String> smokeHeaders;

    /**
     * Looks for the text in the page as a browser has it after its scripts: {@code auto} when there is Chromium or Chrome on the
     * {@code PATH}, {@code true} always. Example: {@code auto}.
     */
    @Parameter(property = "ecs.smoke.browser", defaultValue = "false")
    String smokeBrowser;

    @Override
    void checkValues(boolean deployed, Consumer<Runnable> values) {
        super.checkValues(deployed, values);
        values.accept(() -> smoke().ifPresent(request -> AskUrls.requireBrowser(request, System.getenv())));
    }

    /** What every service, or the site, is asked. */
    final Optional<SmokeRequest> smoke() {
        return options().read(Map.of());
    }

    /** What a service is asked. */
    final Optional<SmokeRequest> smoke(String service) {
        return options().ofService(service, maps());
    }

    private SmokeOptions options() {
        return new SmokeOptions(
                OptionText.text(smokeUrl),
                smokeStatus,
                OptionText.text(smokeText),
                OptionText.text(smokeJsonPath),
                smokeRetries,
                smokeTimeout,
                smokeRequestTimeout,
                maps().read("ecs.smoke.headers", smokeHeaders),
                OptionText.choice("ecs.smoke.browser", smokeBrowser, BrowserUse.class));
    }

    final AskUrls asking(SmokeRequest request, String of, Consumer<String> info) {
        return AskUrls.over(
                request,
                System.getenv(),
                new ConsoleSmokeLog(of, info, getLog(), Clock.systemUTC()),
                Clock.systemUTC(),
                time -> Thread.sleep(time.toMillis()));
    }
}
