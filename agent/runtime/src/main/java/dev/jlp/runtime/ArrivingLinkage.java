package dev.jlp.runtime;

import dev.jlp.patch.AddedClass;
import dev.jlp.patch.ClassPatch;
import dev.jlp.weaver.Linkage;

import org.jspecify.annotations.Nullable;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Whether what the new bodies of an arriving class name is there, told from class files as at a load.
 *
 * <p>Asked on the thread that defines the class, so a loader is asked for files only where that runs no
 * code of the application and loads no class of it: where it and its parents are the JDK's own and read
 * local files. Elsewhere the verdict stays as it is.
 */
final class ArrivingLinkage {

    private ArrivingLinkage() {}

    /** The verdict, with the methods whose new body can't be linked. */
    static Verdict.OfClass check(
            PatchedClass type,
            Verdict.OfClass verdict,
            ClassPatch change,
            Supplier<List<AddedClass>> added) {
        ClassLoader loader = type.loader();
        if (verdict.verdict() != Verdict.PATCHABLE || !readsFilesOnly(loader)) {
            return verdict;
        }
        Linkage linkage = new Linkage(
                added.get(),
                Map.of(type.name(), type.base()),
                name -> Examiner.linked(loader, name));
        return verdict.linkedBy(linkage, change);
    }

    /** Not the boot loader: what reading a file needs may be just what arrives. */
    static boolean readsFilesOnly(@Nullable ClassLoader loader) {
        boolean local = loader != null;
        for (ClassLoader each = loader; each != null; each = each.getParent()) {
            local = local && isOfTheJdk(each.getClass()) && isLocal(each);
        }
        return local && loader != ClassLoader.getPlatformClassLoader();
    }

    private static boolean isOfTheJdk(Class<?> type) {
        return type.getModule() == Object.class.getModule();
    }

    private static boolean isLocal(ClassLoader loader) {
        if (loader instanceof URLClassLoader by) {
            for (URL url : by.getURLs()) {
                if (!url.getProtocol().equals("file")) {
                    return false;
                }
            }
        }
        return true;
    }
}
