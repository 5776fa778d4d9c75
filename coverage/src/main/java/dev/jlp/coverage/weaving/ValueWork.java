package dev.jlp.coverage.weaving;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ChoiceFormat;
import java.text.Collator;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.MessageFormat;
import java.text.Normalizer;
import java.text.SimpleDateFormat;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.WeekFields;
import java.util.*;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.*;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The parts of the fixed work that make values of values. */
final class ValueWork {

    static final String TEXT =
            "Wer reitet so spät durch Nacht und Wind? 12 mal 34 = 408; \uD83D\uDE00 naïve café.\n";

    private ValueWork() {}

    static Object regex() {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(
                        "(?<word>\\b\\p{L}+\\b)|(?<number>\\d{1,3}+)|[\\x{1F600}-\\x{1F64F}]")
                .matcher(TEXT);
        while (matcher.find()) {
            found.add(matcher.start() + matcher.group());
        }
        found.add(TEXT.replaceAll("(?i)([aeiou])(.)", "$2$1"));
        found.add(Arrays.toString(TEXT.split("\\s*[;.?]\\s*", -1)));
        found.add("" + Pattern.matches("(a|b)*?c(?=d)d(?<!e)", "ababbcd"));
        return found;
    }

    static Object numbers() {
        BigDecimal pi = BigDecimal.ZERO;
        for (int k = 0; k < 60; k++) {
            BigDecimal term = BigDecimal.valueOf(4)
                    .divide(BigDecimal.valueOf(2L * k + 1), new MathContext(50));
            pi = k % 2 == 0 ? pi.add(term) : pi.subtract(term);
        }
        BigInteger power = BigInteger.valueOf(7)
                .modPow(
                        new BigInteger("123456789012345678901234567890"),
                        BigInteger.TWO.pow(521).subtract(BigInteger.ONE));
        return List.of(
                pi,
                power,
                power.sqrt(),
                power.isProbablePrime(30),
                Double.toHexString(Math.sin(0.3)),
                Double.toString(StrictMath.cbrt(2e100)),
                Float.parseFloat("1.17549435E-38"),
                Long.toUnsignedString(-7, 36),
                Math.floorMod(-7, 3),
                new Random(7).ints(5).boxed().toList());
    }

    static Object texts() {
        Collator collator = Collator.getInstance(Locale.GERMANY);
        List<String> words = new ArrayList<>(List.of("zebra", "Äpfel", "apfel", "Zoo", "ähnlich"));
        words.sort(collator);
        return List.of(
                words,
                String.format(
                        Locale.FRANCE,
                        "%08.3f|%-6s|%x|%,d|%e|%tF",
                        3.14159,
                        "ab",
                        255,
                        1234567,
                        1e-7,
                        0L),
                new DecimalFormat("#,##0.00;(#)", DecimalFormatSymbols.getInstance(Locale.GERMANY))
                        .format(-12345.678),
                MessageFormat.format(
                        "{0,number,#.#} {1,choice,0#none|1#one|2#many {1}} '{'", 2.25, 3),
                new ChoiceFormat("0#a|1<b").format(2),
                new SimpleDateFormat("EEE, d MMM yyyy HH:mm:ss Z", Locale.GERMANY).format(0L),
                Normalizer.normalize("é", Normalizer.Form.NFD).length(),
                TEXT.toUpperCase(Locale.ROOT).strip().repeat(2).chars().sum(),
                String.join("-", new Scanner(TEXT).useDelimiter("\\W+").tokens().toList()),
                "a\tb".translateEscapes().indent(2).lines().toList());
    }

    static Object dates() {
        ZonedDateTime moment =
                ZonedDateTime.of(2024, 3, 31, 1, 59, 59, 0, ZoneId.of("Europe/Berlin"));
        DateTimeFormatter formatter =
                DateTimeFormatter.ofPattern("EEEE d. MMMM uuuu HH:mm:ss VV xxx", Locale.GERMANY);
        return List.of(
                formatter.format(moment.plusSeconds(1)),
                ZonedDateTime.parse(formatter.format(moment), formatter).toInstant(),
                LocalDate.of(2024, 2, 29).plusYears(1).get(WeekFields.ISO.weekOfWeekBasedYear()),
                ChronoUnit.DAYS.between(LocalDate.EPOCH, LocalDate.of(2026, 1, 1)),
                Duration.parse("PT36H5.25S").dividedBy(7),
                java.time.chrono.JapaneseDate.of(2024, 5, 1),
                java.time.chrono.HijrahDate.from(LocalDate.of(2024, 5, 1)));
    }

    static Object collections() {
        Map<String, Integer> tree = new TreeMap<>(Collections.reverseOrder());
        Map<String, Integer> hash = new HashMap<>();
        Map<TimeUnit, String> units = new EnumMap<>(TimeUnit.class);
        PriorityQueue<Integer> queue = new PriorityQueue<>(Collections.reverseOrder());
        BitSet bits = new BitSet();
        for (int i = 0; i < 500; i++) {
            tree.put("k" + i * 31 % 97, i);
            hash.merge("h" + i % 13, i, Integer::sum);
            queue.add(i * 7919 % 101);
            bits.flip(i * i % 211);
        }
        units.put(TimeUnit.DAYS, "d");
        units.put(TimeUnit.NANOSECONDS, "n");
        List<Integer> sorted = new ArrayList<>(queue);
        Collections.shuffle(sorted, new Random(3));
        Collections.sort(sorted);
        return List.of(
                tree,
                hash,
                units,
                queue.poll(),
                bits.cardinality(),
                sorted.hashCode(),
                List.copyOf(tree.keySet()).subList(3, 9));
    }

    static Object streams() {
        return List.of(
                IntStream.rangeClosed(1, 2000)
                        .parallel()
                        .filter(i -> i % 3 == 0)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.groupingBy(
                                String::length,
                                TreeMap::new,
                                Collectors.summingInt(String::length))),
                IntStream.range(0, 100)
                        .boxed()
                        .sorted(Collections.reverseOrder())
                        .skip(5)
                        .limit(7)
                        .toList(),
                TEXT.codePoints()
                        .distinct()
                        .mapToObj(Character::getName)
                        .collect(Collectors.joining(",")),
                Arrays.stream(TEXT.split(" ", -1))
                        .flatMap(each -> each.chars().boxed())
                        .reduce(0, Integer::sum),
                IntStream.iterate(1, i -> i < 5000, i -> i * 3).summaryStatistics());
    }

    static Object zip() throws IOException {
        byte[] plain = TEXT.repeat(200).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(zipped)) {
            for (int i = 0; i < 5; i++) {
                ZipEntry entry = new ZipEntry("folder/entry" + i);
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(plain);
            }
        }
        CRC32 sum = new CRC32();
        int entries = 0;
        try (ZipInputStream zip =
                new ZipInputStream(new ByteArrayInputStream(zipped.toByteArray()))) {
            while (zip.getNextEntry() != null) {
                sum.update(zip.readAllBytes());
                entries++;
            }
        }
        ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(gzipped)) {
            gzip.write(plain);
        }
        InputStream gunzip = new GZIPInputStream(new ByteArrayInputStream(gzipped.toByteArray()));
        return List.of(
                entries,
                sum.getValue(),
                zipped.size(),
                Arrays.equals(plain, gunzip.readAllBytes()));
    }

    static Object charsets() throws Exception {
        Map<String, String> sums = new LinkedHashMap<>();
        for (String name : List.of(
                "UTF-16",
                "UTF-32LE",
                "ISO-8859-15",
                "windows-1252",
                "Shift_JIS",
                "GB18030",
                "EUC-KR",
                "IBM500",
                "Big5")) {
            Charset charset = Charset.forName(name);
            byte[] bytes = TEXT.getBytes(charset);
            sums.put(name, Arrays.hashCode(bytes) + "/" + new String(bytes, charset).hashCode());
        }
        String encoded = URLEncoder.encode(TEXT, StandardCharsets.UTF_8);
        return List.of(
                sums,
                URLDecoder.decode(encoded, StandardCharsets.UTF_8).equals(TEXT),
                Base64.getMimeEncoder().encodeToString(TEXT.getBytes(StandardCharsets.UTF_8)),
                new URI("http://u@h:8/a/../b?q=ü#f").normalize().toASCIIString(),
                InetAddress.getAllByName("::1")[0]);
    }

    static Object digests() throws Exception {
        byte[] data = TEXT.getBytes(StandardCharsets.UTF_8);
        SecretKeySpec key = new SecretKeySpec(new byte[16], "AES");
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[16]));
        Mac mac = Mac.getInstance("HmacSHA384");
        mac.init(key);
        HexFormat hex = HexFormat.of();
        return List.of(
                hex.formatHex(MessageDigest.getInstance("SHA3-256").digest(data)),
                hex.formatHex(MessageDigest.getInstance("MD5").digest(data)),
                hex.formatHex(cipher.doFinal(data)),
                hex.formatHex(mac.doFinal(data)));
    }
}
