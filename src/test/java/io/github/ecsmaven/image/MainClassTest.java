package io.github.ecsmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainClassTest {
    private static final String MAIN = "{ public static void main(String[] a) {} }";
    private static final String BOOT = "@org.springframework.boot.autoconfigure.SpringBootApplication ";

    @TempDir
    Path folder;

    @BeforeEach
    void annotation() throws Exception {
        Files.createDirectories(folder.resolve("classes"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "one main class,                  class A @, , A",
        "one that is Spring Boot's,       class A @, boot B @, B",
        "a Spring Boot class without main, class A @, boot B {}, A",
    })
    void found(String label, String one, String two, String expected) throws Exception {
        compile(one, two);
        assertThat(MainClass.of(request(Map.of()))).isEqualTo(expected);
    }

    @Test
    void severalAreNamedInTheProblem() throws Exception {
        compile("class B @", "class A @");
        assertThat(problem().text()).isEqualTo("""
                        The image of 'orders' has 2 possible main classes.
                          A
                          B
                        Next: name the one that starts the application, for example -Decs.container.mainClass=A.""");
        assertThat(MainClass.of(request(Map.of("mainClass", "B")))).isEqualTo("B");
    }

    @Test
    void twoSpringBootApplicationsAreStillSeveral() throws Exception {
        compile("boot A @", "boot B @");
        assertThat(problem().evidence()).containsExactly("A", "B");
    }

    @Test
    void noneIsAProblemThatNamesTheProperty() {
        assertThat(problem().text())
                .isEqualTo("No main class was found for the image of 'orders'.\n  Looked in "
                        + folder.resolve("classes")
                        + ".\nNext: name the class that starts the application: ecs.container.mainClass.");
    }

    @Test
    void oneThatIsNowhereIsRefusedWithTheNearest() throws Exception {
        compile("class Clock @", "class Other @");

        assertThat(catchThrowableOfType(Problem.class, () -> MainClass.of(request(Map.of("mainClass", "Clok"))))
                        .text())
                .isEqualTo("There is no class 'Clok' for the image of 'orders' (ecs.container.mainClass).\n  Looked in "
                        + folder.resolve("classes") + " and in the project's 0 dependencies.\n"
                        + "  Main classes of the project: Clock, Other\n"
                        + "Next: write -Decs.container.mainClass=Clock.");
    }

    @Test
    void oneOfADependencyWillDo() throws Exception {
        compile("class Clock @");
        Path jar = folder.resolve("library.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("shop/words/Server.class"));
        }
        Path module = Files.createDirectories(folder.resolve("module/shop"));
        Files.createFile(module.resolve("Hello$Main.class"));
        Requests.Options options = Requests.Options.of(Map.of())
                .with(List.of(
                        new ImageRequest.Dependency(jar, false, false),
                        new ImageRequest.Dependency(folder.resolve("module"), false, true)));

        assertThat(List.of("shop.words.Server", "shop.Hello$Main", "Clock"))
                .allSatisfy(
                        name -> assertThat(MainClass.of(named(name, options))).isEqualTo(name));
        assertThat(catchThrowableOfType(Problem.class, () -> MainClass.of(named("shop.Server", options))))
                .isNotNull();
    }

    @Test
    void oneThatMayBeInTheBaseImageIsTaken() {
        assertThat(MainClass.of(request(Map.of("mainClass", "shop.Main", "extraClasspath", "/opt/app"))))
                .isEqualTo("shop.Main");
    }

    private ImageRequest named(String name, Requests.Options options) {
        return Requests.request(
                folder,
                "orders",
                "none",
                Requests.Options.of(Map.of("mainClass", name)).with(options.dependencies()));
    }

    @Test
    void hasMainClassWhenNoneIsNeededIsTrue() {
        assertThat(BuildImage.hasMainClass(request(Map.of()))).isFalse();
        assertThat(BuildImage.hasMainClass(request(Map.of("entrypoint", "/bin/server"))))
                .isTrue();
        assertThat(BuildImage.hasMainClass(Requests.request(
                        folder, "orders", "none", Requests.Options.of(Map.of()).withWar(folder))))
                .isTrue();
    }

    private Problem problem() {
        return catchThrowableOfType(Problem.class, () -> MainClass.of(request(Map.of())));
    }

    private ImageRequest request(Map<String, String> options) {
        return Requests.request(folder, "orders", "none", Requests.Options.of(options));
    }

    /** {@code boot} stands for the annotated class, {@code @} for a body with a main method. */
    private void compile(String... sources) throws Exception {
        Path annotation = source(
                "org/springframework/boot/autoconfigure/SpringBootApplication.java",
                "package org.springframework.boot.autoconfigure; public @interface SpringBootApplication {}");
        for (String source : sources) {
            if (source != null && !source.isEmpty()) {
                String text = source.replace("@", MAIN).replace("boot ", BOOT + "class ");
                String name = source.split(" ")[1];
                javac(annotation, source(name + ".java", text));
            }
        }
    }

    private Path source(String name, String text) throws Exception {
        Path file = folder.resolve("sources").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void javac(Path... files) {
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "-d", folder.resolve("classes").toString()));
        for (Path file : files) {
            arguments.add(file.toString());
        }
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(code).isZero();
    }
}
