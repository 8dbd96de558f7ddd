package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.DefaultSessionData;
import org.junit.jupiter.api.Test;

class SessionBoardTest {
    private final SessionBoard board = new SessionBoard(new DefaultSessionData());

    @Test
    void factWhenModulesNoteTheSameNameEachHasItsOwn() {
        board.note(project("hello"), "url", "http://hello");
        board.note(project("farewell"), "url", "http://farewell");

        assertThat(board.fact(project("hello"), "url")).contains("http://hello");
        assertThat(board.fact(project("words"), "url")).isEmpty();
    }

    @Test
    void endWhenCalledTwiceClosesOnce() {
        List<String> closed = new ArrayList<>();
        board.atEnd(() -> closed.add("keeper"));

        board.end();
        board.end();

        assertThat(closed).containsExactly("keeper");
    }

    @Test
    void sharedWhenAskedTwiceMakesOne() {
        StringBuilder first = board.shared("keeper", StringBuilder.class, StringBuilder::new);

        assertThat(board.shared("keeper", StringBuilder.class, StringBuilder::new))
                .isSameAs(first);
        assertThat(board.find("keeper", StringBuilder.class)).contains(first);
    }

    @Test
    void sharedWhenTheSessionHasEndedMakesNothing() {
        List<String> forked = new ArrayList<>();
        board.end();

        assertThatThrownBy(() -> board.shared("keeper", Boolean.class, () -> forked.add("keeper")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(forked).isEmpty();
    }

    @Test
    void firstWhenAskedTwiceIsTrueOnce() {
        assertThat(board.first("sandbox told")).isTrue();
        assertThat(board.first("sandbox told")).isFalse();
    }

    private static MavenProject project(String name) {
        Model model = new Model();
        model.setGroupId("shop");
        model.setArtifactId(name);
        return new MavenProject(model);
    }
}
