package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.upload.UploadRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@MojoTest
class UploadMojoTest {
    private static final String POM = "<project><build><plugins><plugin><groupId>io.github.ecsmaven</groupId>"
            + "<artifactId>ecs-maven-plugin</artifactId></plugin></plugins></build></project>";

    @Test
    @InjectMojo(goal = "upload", pom = POM)
    @MojoParameter(name = "uploadBucket", value = "s3://shop-web/")
    @MojoParameter(name = "uploadPrefix", value = "/shop/app/")
    @MojoParameter(name = "uploadDistribution", value = "E1")
    @MojoParameter(name = "uploadCacheControl", value = "*.pdf=max-age=60,fonts/**=public\\,max-age=1")
    void requestWhenItIsGivenInText(UploadMojo mojo) {
        UploadRequest request = mojo.request();

        assertThat(request.place()).isEqualTo(new UploadRequest.Place("shop-web", "shop/app/"));
        assertThat(request.distribution().orElseThrow().path()).isEqualTo("/shop/app/");
        assertThat(request.atOnce()).isEqualTo(16);
        assertThat(mojo.rules().cacheControl().stream().map(Map.Entry::getValue))
                .containsExactly("max-age=60", "public,max-age=1");
    }

    @Test
    @InjectMojo(goal = "upload", pom = POM)
    @MojoParameter(name = "uploadBucket", value = "Shop")
    @MojoParameter(name = "uploadKeep", value = "all")
    @MojoParameter(name = "uploadParallel", value = "65")
    @MojoParameter(name = "uploadDelete", value = "soon")
    @MojoParameter(name = "uploadWait", value = "yes")
    @MojoParameter(name = "uploadTimeout", value = "long")
    @MojoParameter(name = "uploadCompress", value = "zip")
    void checkValuesTellsAllThatCanNotBe(UploadMojo mojo) {
        List<String> told = new ArrayList<>();
        mojo.checkValues(true, value -> {
            try {
                value.run();
            } catch (Problem problem) {
                told.add(problem.what().replaceFirst("(?s).*?(ecs\\.upload\\.\\w+).*", "$1"));
            }
        });

        assertThat(told)
                .containsExactlyInAnyOrder(
                        "ecs.upload.bucket",
                        "ecs.upload.keep",
                        "ecs.upload.parallel",
                        "ecs.upload.delete",
                        "ecs.upload.wait",
                        "ecs.upload.timeout",
                        "ecs.upload.compress");
    }

    @ParameterizedTest
    @CsvSource({
        "shop/web, '', write the bucket alone",
        "Shop, '', write 3 to 63 small letters",
        "shop-web, a/../b, write it as shop",
        "shop-web, a//b, write it as shop"
    })
    void placeWhenItCanNotBe(String bucket, String prefix, String next) {
        assertThatThrownBy(() -> UploadRequest.Place.of(bucket, prefix))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.next()).startsWith(next));
    }

    @Test
    void holderWhenItsProcessHasEndedIsGone() {
        UploadRequest.Holder holder = UploadTarget.holder(Map.of("HOSTNAME", "ci-1"));

        assertThat(holder.isGone().test(holder.name())).isFalse();
        assertThat(holder.isGone().test("process 2147483646 on ci-1")).isTrue();
        assertThat(holder.isGone().test("process 2147483646 on ci-2")).isFalse();
    }
}
