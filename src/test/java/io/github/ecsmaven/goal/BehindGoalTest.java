package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.Problem;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.maven.lifecycle.LifecycleExecutionException;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;

class BehindGoalTest {
    private final RolloutTable table = RolloutTable.inLog();

    @Test
    void callWaitsForTheEnd() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        BehindGoal behind = BehindGoal.begin(goal(), table, end::await);
        Thread opener = new Thread(() -> {
            while (!table.isWaitedFor()) {
                Thread.onSpinWait();
            }
            end.countDown();
        });
        opener.start();

        assertThat(behind.call()).isNull();
        assertThat(table.isWaitedFor()).isFalse();
        opener.join();
    }

    @Test
    void callGivesTheFailureAsMavenTellsThatOfAGoal() throws Exception {
        BehindGoal behind = BehindGoal.begin(goal(), table, () -> {
            throw Problem.ofProject("ECS rolled orders back.", "look at the log.");
        });

        assertThat(behind.call())
                .isInstanceOfSatisfying(LifecycleExecutionException.class, failed -> assertThat(failed.getProject())
                        .isEqualTo(goal().project()))
                .hasMessageContaining("redeploy")
                .hasMessageContaining("on project orders: ECS rolled orders back.");
    }

    @Test
    void callWhenInterruptedEndsTheWatchAndGivesWhatItSays() throws Exception {
        BehindGoal behind = BehindGoal.begin(goal(), table, () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stopped) {
                throw Problem.ofMachine("The build was interrupted.", List.of(), "run it again.", null);
            }
        });
        Thread.currentThread().interrupt();

        Exception failed = behind.call();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failed).hasMessageContaining("The build was interrupted.");
    }

    private static BehindGoal.Goal goal() {
        Model model = new Model();
        model.setGroupId("shop");
        model.setArtifactId("orders");
        Plugin plugin = new Plugin();
        plugin.setGroupId("io.github.ecsmaven");
        plugin.setArtifactId("ecs-maven-plugin");
        return new BehindGoal.Goal(
                new MavenProject(model),
                new MojoExecution(plugin, "redeploy", "default-redeploy"),
                false,
                text -> text);
    }
}
