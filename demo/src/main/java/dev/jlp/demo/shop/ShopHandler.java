package dev.jlp.demo.shop;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.h2.util.JdbcUtils;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;

/** The shop's pages: orders for customers, and a small console for whoever runs the shop. */
final class ShopHandler extends Handler.Abstract {

    private static final Logger LOG = LogManager.getLogger("shop");

    private final Orders orders;

    ShopHandler(Orders orders) {
        this.orders = orders;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        ThreadContext.put("user", header(request, "X-User", "guest"));
        try {
            Page page = page(request);
            response.setStatus(page.status());
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
            response.write(true, ByteBuffer.wrap(body), callback);
        } finally {
            ThreadContext.remove("user");
        }
        return true;
    }

    private Page page(Request request) throws SQLException {
        String path = Request.getPathInContext(request);
        if (path.startsWith("/orders/")) {
            String[] rest = path.substring("/orders/".length()).split("/", 2);
            return order(request, rest[0], rest.length == 2);
        }
        return switch (path) {
            case "/admin/datasource" -> testDatasource(Request.extractQueryParameters(request));
            case "/admin/logging/reload" -> reloadLogging();
            default -> new Page(404, "{\"error\": \"no such page\"}");
        };
    }

    private Page order(Request request, String id, boolean confirm) throws SQLException {
        String agent = header(request, HttpHeader.USER_AGENT.asString(), "-");
        LOG.info("order {} for {}", id, agent);
        Map<String, String> order = orders.find(Integer.parseInt(id));
        if (order == null) {
            return new Page(404, "{\"error\": \"no such order\"}");
        }
        return confirm
                ? confirmation(order, Request.extractQueryParameters(request))
                : new Page(
                        200,
                        "{\"order\": " + id + ", \"customer\": \"" + order.get("customer")
                                + "\", \"total\": " + order.get("total") + "}");
    }

    private static Page confirmation(Map<String, String> order, Fields fields) {
        String greeting = Objects.requireNonNullElse(fields.getValue("greeting"), "Hello");
        try {
            return new Page(
                    200,
                    "{\"order\": " + order.get("order") + ", \"text\": \""
                            + Confirmation.of(order, greeting) + "\"}");
        } catch (IllegalArgumentException wrong) {
            LOG.warn("the greeting makes no sense");
            return new Page(400, "{\"error\": \"no such greeting\"}");
        }
    }

    /** Tries a connection before it is saved, as H2's own web console does. */
    private static Page testDatasource(Fields fields) {
        String driver = Objects.requireNonNullElse(fields.getValue("driver"), "");
        String url = Objects.requireNonNullElse(fields.getValue("url"), "");
        try (Connection tried = JdbcUtils.getConnection(driver, url, "sa", "")) {
            return new Page(200, "{\"works\": " + tried.isValid(1) + "}");
        } catch (SQLException failed) {
            LOG.warn("data source test failed");
            return new Page(200, "{\"works\": false}");
        }
    }

    /** What operators do after they edited the logging configuration: appenders and layouts are made anew. */
    private static Page reloadLogging() {
        Configurator.reconfigure();
        return new Page(200, "{\"reloaded\": true}");
    }

    private static String header(Request request, String name, String otherwise) {
        @Nullable String value = request.getHeaders().get(name);
        return value == null ? otherwise : value;
    }

    private record Page(int status, String body) {}
}
