package io.github.ecsmaven.goal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** The git checkout that a module lies in, when there is one. */
final class GitCheckout {
    private GitCheckout() {}

    /** The commit that is checked out, 40 hexadecimal digits; empty outside a checkout and before the first commit. */
    static Optional<String> commit(Path folder) {
        return read(folder, repository -> Optional.ofNullable(repository.resolve("HEAD"))
                .map(ObjectId::name));
    }

    /** The branch that is checked out; empty outside a checkout and with a detached head, as most CI products leave it. */
    static Optional<String> branch(Path folder) {
        return read(folder, repository -> Optional.ofNullable(repository.getFullBranch())
                .filter(ref -> ref.startsWith(Constants.R_HEADS))
                .map(Repository::shortenRefName));
    }

    private static Optional<String> read(Path folder, Question question) {
        FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(folder.toFile());
        if (builder.getGitDir() == null) {
            return Optional.empty();
        }
        try (Repository repository = builder.setMustExist(true).build()) {
            return question.ask(repository);
        } catch (IOException unreadable) {
            // A broken checkout only costs tags that are made of it.
            return Optional.empty();
        }
    }

    @FunctionalInterface
    private interface Question {
        Optional<String> ask(Repository repository) throws IOException;
    }
}
