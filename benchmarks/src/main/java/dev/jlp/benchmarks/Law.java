package dev.jlp.benchmarks;

import java.util.List;

/**
 * What least squares make of measurements: {@code a + b·x + c·y + …}.
 *
 * @param factors the constant, then one for each column; 0 for a column that never varies by itself
 * @param rSquared the part of the variance that the law explains
 */
record Law(List<Double> factors, double rSquared) {

    private static final double NOTHING = 1e-9;

    /** Each row has the same columns; the constant is none of them. */
    static Law fit(List<double[]> rows, double[] results) {
        int size = rows.get(0).length + 1;
        double[] scales = scales(rows, size);
        double[][] normal = new double[size][size + 1];
        for (int row = 0; row < rows.size(); row++) {
            double[] given = scaled(rows.get(row), scales);
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    normal[i][j] += given[i] * given[j];
                }
                normal[i][size] += given[i] * results[row];
            }
        }
        double[] solved = solve(normal);
        Double[] factors = new Double[size];
        for (int i = 0; i < size; i++) {
            factors[i] = solved[i] / scales[i];
        }
        List<Double> found = List.of(factors);
        return new Law(found, explained(rows, results, found));
    }

    double at(double... row) {
        return at(factors, row);
    }

    private static double at(List<Double> factors, double[] row) {
        double sum = factors.get(0);
        for (int i = 0; i < row.length; i++) {
            sum += factors.get(i + 1) * row[i];
        }
        return sum;
    }

    /** Columns of one size make one measure of what is nothing. */
    private static double[] scales(List<double[]> rows, int size) {
        double[] scales = new double[size];
        scales[0] = 1;
        for (int i = 1; i < size; i++) {
            for (double[] row : rows) {
                scales[i] = Math.max(scales[i], Math.abs(row[i - 1]));
            }
            scales[i] = scales[i] == 0 ? 1 : scales[i];
        }
        return scales;
    }

    private static double[] scaled(double[] row, double[] scales) {
        double[] all = new double[scales.length];
        all[0] = 1;
        for (int i = 1; i < all.length; i++) {
            all[i] = row[i - 1] / scales[i];
        }
        return all;
    }

    /** Gauss's elimination of a symmetric system; a column that depends on those before it gets 0. */
    private static double[] solve(double[][] system) {
        int size = system.length;
        boolean[] free = new boolean[size];
        for (int i = 0; i < size; i++) {
            free[i] = Math.abs(system[i][i]) < NOTHING;
            for (int row = 0; row < size && !free[i]; row++) {
                if (row != i) {
                    subtract(system[row], system[i], system[row][i] / system[i][i]);
                }
            }
        }
        double[] solved = new double[size];
        for (int i = 0; i < size; i++) {
            solved[i] = free[i] ? 0 : system[i][size] / system[i][i];
        }
        return solved;
    }

    private static void subtract(double[] from, double[] row, double times) {
        for (int i = 0; i < from.length; i++) {
            from[i] -= times * row[i];
        }
    }

    private static double explained(List<double[]> rows, double[] results, List<Double> factors) {
        double mean = 0;
        for (double result : results) {
            mean += result / results.length;
        }
        double left = 0;
        double all = 0;
        for (int i = 0; i < results.length; i++) {
            double missed = results[i] - at(factors, rows.get(i));
            left += missed * missed;
            all += (results[i] - mean) * (results[i] - mean);
        }
        return all == 0 ? 1 : 1 - left / all;
    }
}
