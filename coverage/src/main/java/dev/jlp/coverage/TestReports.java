package dev.jlp.coverage;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/** What a run of JUnit's console launcher wrote down. */
final class TestReports {

    static final String PASSED = "passed";

    private TestReports() {}

    /** How each test went, by its class and name: {@code passed}, {@code skipped}, or what it failed with. */
    static Map<String, String> read(Path folder) throws IOException {
        Map<String, String> outcomes = new TreeMap<>();
        Map<String, Integer> seen = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> reports = files.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
            for (Path report : reports) {
                NodeList cases = parse(report).getElementsByTagName("testcase");
                for (int i = 0; i < cases.getLength(); i++) {
                    Element test = (Element) cases.item(i);
                    String name = test.getAttribute("classname") + "." + test.getAttribute("name");
                    int times = seen.merge(name, 1, Integer::sum);
                    outcomes.put(times == 1 ? name : name + " #" + times, outcome(test));
                }
            }
        }
        return outcomes;
    }

    private static Document parse(Path report) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
        } catch (ParserConfigurationException | SAXException broken) {
            throw new IOException("reading '" + report + "'", broken);
        }
    }

    private static String outcome(Element test) {
        for (Node node = test.getFirstChild(); node != null; node = node.getNextSibling()) {
            switch (node.getNodeName()) {
                case "skipped" -> {
                    return "skipped";
                }
                case "failure", "error" -> {
                    return "failed with " + ((Element) node).getAttribute("type");
                }
                default -> {}
            }
        }
        return PASSED;
    }
}
