package dev.jlp.benchmarks.server;

import org.h2.jdbcx.JdbcConnectionPool;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;

/** Orders in an H2 database in memory. */
final class Orders {

    /** Orders have the ids 1 to this. */
    static final int COUNT = 1_000;

    private static final int CONNECTIONS = 8;

    private final JdbcConnectionPool pool =
            JdbcConnectionPool.create("jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1", "sa", "");

    Orders() throws SQLException {
        pool.setMaxConnections(CONNECTIONS);
        fill();
    }

    /** A page about one order. */
    String find(int id) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement query = connection.prepareStatement("""
                        SELECT o.id, c.name, SUM(l.pieces * l.price) AS total
                        FROM orders o JOIN customers c ON c.id = o.customer JOIN lines l ON l.order_id = o.id
                        WHERE o.id = ? GROUP BY o.id, c.name""")) {
            query.setInt(1, id);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? "order " + row.getString(1) + " of " + row.getString(2) + ": "
                                + row.getString(3)
                        : "no order " + id;
            }
        }
    }

    /** Keeps its thread inside the release that it entered. */
    void hold(CountDownLatch begun, CountDownLatch over) throws InterruptedException {
        begun.countDown();
        over.await();
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
                    + ") + 1, MOD(x, 5) + 1, 9.90 FROM SYSTEM_RANGE(1, " + 3 * COUNT + ")");
        }
    }
}
