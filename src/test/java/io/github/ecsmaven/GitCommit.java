package io.github.ecsmaven;

import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;

/** A commit of what is staged, whatever git's own settings on this machine say of authors and signatures. */
public final class GitCommit {
    private GitCommit() {}

    /** @return its hash */
    public static String of(Git git, String message) throws GitAPIException {
        return of(git, message, new PersonIdent("A", "a@example.com"));
    }

    /** @return its hash */
    public static String of(Git git, String message, PersonIdent author) throws GitAPIException {
        return git.commit()
                .setMessage(message)
                .setAuthor(author)
                .setCommitter(author)
                .setSign(false)
                .call()
                .name();
    }
}
