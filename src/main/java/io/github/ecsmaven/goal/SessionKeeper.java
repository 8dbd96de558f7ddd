package io.github.ecsmaven.goal;

import io.github.ecsmaven.container.Keeper;
import io.github.ecsmaven.image.Engine;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.maven.execution.MavenSession;

/** The one keeper of a Maven session, forked by the goal that needs it first. */
final class SessionKeeper {
    private static final String NAME = "keeper";
    private static final String RYUK = "keeper's ryuk";

    private final SessionBoard board;
    private final Path scratch;
    private final boolean ryuk;

    /** For goals that start no container. */
    SessionKeeper(MavenSession session) {
        this(session, false);
    }

    /** @param ryuk what the module wants that asks; the one that asks first decides */
    SessionKeeper(MavenSession session, boolean ryuk) {
        this.ryuk = ryuk;
        this.board = new SessionBoard(session);
        this.scratch = Path.of(session.getTopLevelProject().getBuild().getDirectory(), "ecs", "keeper");
    }

    /** The keeper; its process is started when it isn't there, and ended with the session. */
    Keeper get() {
        return new Keeper(channel(board.shared(NAME, UnaryOperator.class, this::fork)));
    }

    /** The keeper when this session has one. */
    Optional<Keeper> find() {
        return board.find(NAME, UnaryOperator.class).map(found -> new Keeper(channel(found)));
    }

    /** True when the process was started with Ryuk. */
    boolean hasRyuk() {
        return board.find(RYUK, Boolean.class).orElse(false);
    }

    private UnaryOperator<String> fork() {
        UnaryOperator<String> channel = ChildProcess.keeper(scratch, ryuk);
        board.shared(RYUK, Boolean.class, () -> ryuk);
        board.atEnd(() -> new Keeper(channel).close());
        return channel;
    }

    @SuppressWarnings("unchecked")
    private static UnaryOperator<String> channel(UnaryOperator<?> stored) {
        return (UnaryOperator<String>) stored;
    }

    /** The keeper in the part that building an image asks for. */
    static Engine engine(Keeper keeper) {
        return new Engine() {
            @Override
            public Info info() {
                Keeper.Engine info = keeper.engine();
                return new Info(info.version(), info.os(), info.architecture(), info.containerdStore());
            }

            @Override
            public Optional<EngineImage> inspect(String reference) {
                return keeper.inspect(reference)
                        .map(image -> new EngineImage(image.id(), image.size(), image.diffIds()));
            }

            @Override
            public void load(Path tar) {
                keeper.load(tar);
            }

            @Override
            public void tag(String imageId, String reference) {
                keeper.tag(imageId, reference);
            }

            @Override
            public void remove(String reference) {
                keeper.removeImage(reference);
            }

            @Override
            public void save(String reference, Path tar) {
                keeper.save(reference, tar);
            }
        };
    }
}
