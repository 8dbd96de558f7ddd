package io.github.ecsmaven.goal;

import io.github.ecsmaven.report.BuildRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.IndexDiff;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.jspecify.annotations.Nullable;

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

    /**
     * A commit as its author left it.
     *
     * @param message its first line
     */
    record Commit(String author, String email, String message, Instant time) {}

    /** What is known of a commit; empty when the checkout doesn't have it. */
    static Optional<Commit> describe(Path folder, String commit) {
        return read(folder, repository -> {
            @Nullable ObjectId id = repository.resolve(commit);
            if (id == null) {
                return Optional.empty();
            }
            try (RevWalk walk = new RevWalk(repository)) {
                RevCommit found = walk.parseCommit(id);
                PersonIdent author = found.getAuthorIdent();
                return Optional.of(new Commit(
                        author.getName(),
                        author.getEmailAddress(),
                        found.getShortMessage(),
                        found.getCommitterIdent().getWhenAsInstant()));
            }
        });
    }

    /** More than these in one push are looked at no further. */
    private static final int MOST_COMMITS = 200;

    /**
     * Who wrote the commits from one to another, each once, the latest first; nobody when the checkout does not have both, as a
     * shallow one does not.
     *
     * @param after this one is not among them
     * @param until the last one of them
     */
    static List<BuildRecord.Person> authors(Path folder, String after, String until) {
        return read(folder, repository -> {
                    @Nullable ObjectId from = repository.resolve(after + "^{commit}");
                    @Nullable ObjectId to = repository.resolve(until + "^{commit}");
                    return from == null || to == null ? Optional.empty() : Optional.of(authors(repository, from, to));
                })
                .orElse(List.of());
    }

    private static List<BuildRecord.Person> authors(Repository repository, ObjectId after, ObjectId until)
            throws IOException {
        Map<String, BuildRecord.Person> authors = new LinkedHashMap<>();
        try (RevWalk walk = new RevWalk(repository)) {
            walk.markStart(walk.parseCommit(until));
            walk.markUninteresting(walk.parseCommit(after));
            int seen = 0;
            for (RevCommit commit = walk.next(); commit != null && seen < MOST_COMMITS; commit = walk.next()) {
                PersonIdent author = commit.getAuthorIdent();
                authors.putIfAbsent(
                        author.getName() + " " + author.getEmailAddress(),
                        new BuildRecord.Person(author.getName(), OptionText.text(author.getEmailAddress())));
                seen++;
            }
        }
        return List.copyOf(authors.values());
    }

    /** The top folder of the checkout; empty outside one. */
    static Optional<Path> root(Path folder) {
        return read(
                folder,
                repository -> repository.isBare()
                        ? Optional.empty()
                        : Optional.of(repository.getWorkTree().toPath()));
    }

    /** The address of the remote {@code origin}, else of the only one; empty when there is none. */
    static Optional<String> remote(Path folder) {
        return read(folder, repository -> remoteName(repository)
                .map(name -> repository.getConfig().getString("remote", name, "url")));
    }

    /** The branch that a clone of the remote begins with, as git has noted it; empty when it has not. */
    static Optional<String> defaultBranch(Path folder) {
        return read(folder, repository -> {
            String remote = branchesOfRemote(repository);
            return Optional.ofNullable(repository.exactRef(remote + Constants.HEAD))
                    .map(head -> head.getTarget().getName())
                    .filter(name -> name.startsWith(remote))
                    .map(name -> name.substring(remote.length()));
        });
    }

    /** Whether there is such a branch here, also one without a commit yet, or at the remote as it was last seen. */
    static boolean hasBranch(Path folder, String name) {
        return read(folder, repository -> {
                    String here = Constants.R_HEADS + name;
                    return Optional.of(here.equals(repository.getFullBranch())
                            || repository.exactRef(here) != null
                            || repository.exactRef(branchesOfRemote(repository) + name) != null);
                })
                .orElse(false);
    }

    private static String branchesOfRemote(Repository repository) {
        return Constants.R_REMOTES + remoteName(repository).orElse(Constants.DEFAULT_REMOTE_NAME) + "/";
    }

    private static Optional<String> remoteName(Repository repository) {
        Set<String> names = repository.getRemoteNames();
        return names.contains(Constants.DEFAULT_REMOTE_NAME) || names.size() != 1
                ? Optional.of(Constants.DEFAULT_REMOTE_NAME)
                : names.stream().findFirst();
    }

    /** Whether tracked files differ from that commit; looks at each of them. False outside a checkout. */
    static boolean isChanged(Path folder) {
        try {
            return read(folder, repository -> Optional.of(isChanged(repository)))
                    .orElse(false);
        } catch (RuntimeException unreadable) {
            // Of JGit: no work tree, or a filter of the checkout's that can't be run.
            return false;
        }
    }

    private static boolean isChanged(Repository repository) throws IOException {
        IndexDiff diff = new IndexDiff(repository, Constants.HEAD, new FileTreeIterator(repository));
        diff.diff();
        return Stream.of(
                        diff.getAdded(),
                        diff.getChanged(),
                        diff.getRemoved(),
                        diff.getMissing(),
                        diff.getModified(),
                        diff.getConflicting())
                .anyMatch(files -> !files.isEmpty());
    }

    static <T> Optional<T> read(Path folder, Question<T> question) {
        FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(folder.toFile());
        if (builder.getGitDir() == null) {
            return Optional.empty();
        }
        try (Repository repository = builder.setMustExist(true).build()) {
            return question.ask(repository);
        } catch (IOException unreadable) {
            // A broken checkout only costs what is told of it: tags, the author.
            return Optional.empty();
        }
    }

    @FunctionalInterface
    interface Question<T> {
        Optional<T> ask(Repository repository) throws IOException;
    }
}
