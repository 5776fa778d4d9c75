package dev.jlp.demo.shop;

import org.apache.commons.text.StringSubstitutor;
import org.apache.commons.text.lookup.StringLookupFactory;

import java.util.Map;

/** The text that a customer gets for an order, under a greeting of the customer's choice. */
final class Confirmation {

    private static final String TEXT =
            "order ${order} of ${customer} comes to ${total};" + " confirmed on ${date:yyyy-MM-dd}";

    private Confirmation() {}

    /** Variables are those of the order, and what the library has beside them. */
    static String of(Map<String, String> order, String greeting) {
        StringSubstitutor variables =
                new StringSubstitutor(StringLookupFactory.INSTANCE.interpolatorStringLookup(order));
        return variables.replace(greeting + ", " + TEXT);
    }
}
