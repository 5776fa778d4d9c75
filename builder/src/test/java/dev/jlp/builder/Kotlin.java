package dev.jlp.builder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A small source, compiled into a jar by Kotlin's compiler. It runs in a JVM of its own, since it sets up the
 * process for itself and brings classes that nothing else here should meet.
 */
final class Kotlin {

    private Kotlin() {}

    static Path jar(Path jar, String source) throws IOException, InterruptedException {
        Path compiler = Path.of(Objects.requireNonNull(
                System.getProperty("jlp.builder.kotlin"), "the build sets where the compiler is"));
        Path folder = Files.createTempDirectory(jar.getParent(), "kotlin");
        Path talk = folder.resolve("talk.txt");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                compiler.resolve("*").toString(),
                "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
                "-no-reflect",
                "-no-stdlib",
                "-cp",
                compiler.resolve("kotlin-stdlib.jar").toString(),
                "-d",
                jar.toString(),
                Files.writeString(folder.resolve("Source.kt"), source).toString());
        int exit = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(talk.toFile())
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalArgumentException(Files.readString(talk));
        }
        return jar;
    }
}
