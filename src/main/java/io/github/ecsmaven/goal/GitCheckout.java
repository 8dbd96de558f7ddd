package io.github.ecsmaven.goal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** The git checkout that a module lies in, when there is one. */
final class GitCheckout {
    private GitCheckout() {}

    /** The commit that is checked out, 40 hexadecimal digits; empty outside a checkout and before the first commit. */
    static Optional<String> commit(Path folder) {
        FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(folder.toFile());
        if (builder.getGitDir() == null) {
            return Optional.empty();
        }
        try (Repository repository = builder.setMustExist(true).build()) {
            return Optional.ofNullable(repository.resolve("HEAD")).map(ObjectId::name);
        } catch (IOException unreadable) {
            // A broken checkout only costs the second default tag.
            return Optional.empty();
        }
    }
}
