package dev.jlp.demo.shop;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

import javax.sql.DataSource;

/** The shop's orders, in an H2 database in memory behind a connection pool. */
final class Orders {

    /** Orders have the ids 1 to this. */
    static final int COUNT = 1_000;

    private final DataSource pool;

    Orders() throws SQLException {
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1");
        settings.setUsername("sa");
        settings.setPassword("");
        settings.setMaximumPoolSize(8);
        this.pool = new HikariDataSource(settings);
        fill();
    }

    /** The order's {@code order}, {@code customer} and {@code total}, or null if there is none. */
    @Nullable
    Map<String, String> find(int id) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement query = connection.prepareStatement("""
                        SELECT o.id, c.name, SUM(l.pieces * l.price) AS total
                        FROM orders o JOIN customers c ON c.id = o.customer JOIN lines l ON l.order_id = o.id
                        WHERE o.id = ? GROUP BY o.id, c.name""")) {
            query.setInt(1, id);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                return Map.of(
                        "order",
                        row.getString(1),
                        "customer",
                        row.getString(2),
                        "total",
                        row.getString(3));
            }
        }
    }

    private void fill() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE customers(id INT PRIMARY KEY, name VARCHAR(40))");
            statement.execute(
                    "CREATE TABLE orders(id INT PRIMARY KEY, customer INT REFERENCES customers)");
            statement.execute(
                    "CREATE TABLE lines(order_id INT REFERENCES orders, pieces INT, price DECIMAL(8, 2))");
            statement.execute(
                    "INSERT INTO customers SELECT x, 'customer ' || x FROM SYSTEM_RANGE(1, 100)");
            statement.execute("INSERT INTO orders SELECT x, MOD(x, 100) + 1 FROM SYSTEM_RANGE(1, "
                    + COUNT + ")");
            statement.execute("INSERT INTO lines SELECT MOD(x, " + COUNT
                    + ") + 1, MOD(x, 5) + 1, 9.90" + " FROM SYSTEM_RANGE(1, " + 3 * COUNT + ")");
        }
    }
}
