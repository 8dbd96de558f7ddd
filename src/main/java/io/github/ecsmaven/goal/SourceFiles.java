package io.github.ecsmaven.goal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.jspecify.annotations.Nullable;

/**
 * The files that modules are made of, each with an id of its content; times don't count. In a git checkout these are the files
 * that git knows, as they are in the work tree, and what is new in {@code src} and not ignored: what a CI lays beside them
 * (a local repository, tokens) is none of them. Elsewhere, and where git knows nothing of a module, its {@code src}.
 */
public final class SourceFiles {
    private static final String GONE = "gone";

    private SourceFiles() {}

    /**
     * @param folders of the modules; a file belongs to the innermost one
     * @return the files of each folder, named from it
     */
    public static Map<Path, SortedMap<String, String>> of(Collection<Path> folders) {
        Map<Path, SortedMap<String, String>> files = new TreeMap<>();
        for (Path folder : folders) {
            if (!files.containsKey(folder)) {
                inGit(folder, folders).forEach(files::putIfAbsent);
            }
            files.computeIfAbsent(folder, SourceFiles::inSrc);
        }
        return files;
    }

    /** The id of a file's content alone. */
    public static String id(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException unreadable) {
            // Whoever needs it will tell.
            return GONE;
        }
    }

    private static SortedMap<String, String> inSrc(Path folder) {
        SortedMap<String, String> files = new TreeMap<>();
        if (Files.isDirectory(folder.resolve("src"))) {
            try (Stream<Path> found = Files.walk(folder.resolve("src"))) {
                found.filter(Files::isRegularFile).forEach(file -> files.put(name(folder, file), id(file)));
            } catch (IOException | UncheckedIOException unreadable) {
                // The compiler will tell.
                files.put("src", GONE);
            }
        }
        return files;
    }

    /** Of all modules in the same checkout of which git knows something. */
    private static Map<Path, SortedMap<String, String>> inGit(Path folder, Collection<Path> folders) {
        try {
            return GitCheckout.read(folder, repository -> Optional.of(new Checkout(repository, folders).files()))
                    .orElse(Map.of());
        } catch (RuntimeException unreadable) {
            // Of JGit: no work tree, or a filter of the checkout's that can't be run.
            return Map.of();
        }
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static final class Checkout {
        private final Repository repository;
        /** Named from the top of the work tree, with a slash at the end; the innermost first. */
        private final SortedMap<String, Path> modules = new TreeMap<>(
                (one, other) -> one.length() == other.length() ? one.compareTo(other) : other.length() - one.length());

        private final Map<Path, SortedMap<String, String>> files = new TreeMap<>();

        Checkout(Repository repository, Collection<Path> folders) throws IOException {
            this.repository = repository;
            Path top = repository.getWorkTree().toPath().toRealPath();
            for (Path folder : folders) {
                Path real = folder.toRealPath();
                if (real.startsWith(top)) {
                    modules.put(real.equals(top) ? "" : name(top, real) + "/", folder);
                }
            }
        }

        Map<Path, SortedMap<String, String>> files() throws IOException {
            DirCache index = repository.readDirCache();
            try (TreeWalk walk = new TreeWalk(repository)) {
                walk.addTree(new DirCacheIterator(index));
                FileTreeIterator work = new FileTreeIterator(repository);
                work.setDirCacheIterator(walk, 0);
                walk.addTree(work);
                if (!modules.containsKey("")) {
                    walk.setFilter(PathFilterGroup.createFromStrings(modules.keySet()));
                }
                List<String> untracked = new ArrayList<>();
                while (walk.next()) {
                    look(walk, untracked);
                }
                // Those of a module of which git knows nothing are no help.
                untracked.forEach(path -> module(path)
                        .filter(module -> files.containsKey(modules.get(module)))
                        .ifPresent(module ->
                                put(path, id(repository.getWorkTree().toPath().resolve(path)))));
            }
            return files;
        }

        private void look(TreeWalk walk, List<String> untracked) throws IOException {
            @Nullable DirCacheIterator tracked = walk.getTree(0, DirCacheIterator.class);
            @Nullable WorkingTreeIterator file = walk.getTree(1, WorkingTreeIterator.class);
            String path = walk.getPathString();
            if (walk.isSubtree()) {
                if (tracked != null || isNews(path + "/", file)) {
                    walk.enterSubtree();
                }
            } else if (tracked != null) {
                put(path, content(walk, tracked, file));
            } else if (isNews(path, file)) {
                untracked.add(path);
            }
        }

        private static String content(TreeWalk walk, DirCacheIterator tracked, @Nullable WorkingTreeIterator file)
                throws IOException {
            if (file == null) {
                return GONE;
            }
            boolean same = FileMode.GITLINK.equals(tracked.getEntryRawMode())
                    || !file.isModified(tracked.getDirCacheEntry(), true, walk.getObjectReader());
            return (same ? tracked : file).getEntryObjectId().name();
        }

        private boolean isNews(String path, @Nullable WorkingTreeIterator file) throws IOException {
            return file != null
                    && module(path)
                            .filter(module -> path.startsWith(module + "src/"))
                            .isPresent()
                    && !file.isEntryIgnored();
        }

        private Optional<String> module(String path) {
            return modules.keySet().stream().filter(path::startsWith).findFirst();
        }

        private void put(String path, String id) {
            module(path).ifPresent(module -> files.computeIfAbsent(modules.get(module), absent -> new TreeMap<>())
                    .put(path.substring(module.length()), id));
        }
    }
}
