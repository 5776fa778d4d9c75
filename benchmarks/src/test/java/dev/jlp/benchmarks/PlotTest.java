package dev.jlp.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;

final class PlotTest {

    private static final Plot.Axis PLAIN = new Plot.Axis("ms", false);
    private static final Plot.Axis LOGARITHMIC = new Plot.Axis("threads", true);

    @Test
    void each_series_is_a_line_from_corner_to_corner() throws Exception {
        Plot plot = Plot.lines("times", LOGARITHMIC, PLAIN);
        plot.add("load", new double[] {10, 100, 1_000}, new double[] {0, 5, 10});

        assertThat(parsed(plot)
                        .getElementsByTagName("polyline")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("points")
                        .getNodeValue())
                .isEqualTo("70.0,300.0 315.0,170.0 560.0,40.0");
    }

    @Test
    void what_has_no_place_on_an_axis_is_left_out() throws Exception {
        Plot plot = Plot.lines("times", LOGARITHMIC, PLAIN);
        plot.add("load", new double[] {0, 10, 100}, new double[] {1, Double.NaN, 2});

        assertThat(parsed(plot)
                        .getElementsByTagName("polyline")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("points")
                        .getNodeValue())
                .isEqualTo("560.0,40.0");
    }

    @Test
    void bars_are_as_high_as_their_numbers() throws Exception {
        Plot plot = Plot.bars("ratios", List.of("getter", "loop"), "of the fix");
        plot.add("17", new double[] {1, 2});

        // One box is the background, the last one stands in the legend.
        assertThat(height(plot, 2)).isEqualTo(2 * height(plot, 1)).isEqualTo(260);
    }

    @Test
    void words_are_no_markup() throws Exception {
        Plot plot = Plot.lines("a < b & c", PLAIN, PLAIN);

        assertThat(parsed(plot).getElementsByTagName("text").item(0).getTextContent())
                .isEqualTo("a < b & c");
    }

    private static double height(Plot plot, int box) throws Exception {
        return Double.parseDouble(parsed(plot)
                .getElementsByTagName("rect")
                .item(box)
                .getAttributes()
                .getNamedItem("height")
                .getNodeValue());
    }

    private static Document parsed(Plot plot) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(plot.svg().getBytes(StandardCharsets.UTF_8)));
    }
}
