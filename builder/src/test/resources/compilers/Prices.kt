package k

import java.util.concurrent.Callable

enum class Level { LOW, HIGH }

sealed class Event {
    object None : Event()
    data class Msg(val text: String, val level: Level = Level.LOW) : Event()
}

class Prices(private val base: Int, var tax: Int = 3) {
    companion object {
        private val cache = HashMap<String, Int>()
        private fun secret() = 7
    }

    private var calls = 0
    val lazyName: String by lazy { "lazy" + base }

    fun total(quantity: Int, discount: Int = 10, label: String = "x" + tax): Int {
        calls++
        return base * quantity - discount + label.length
    }

    fun level(level: Level): Int = when (level) {
        Level.LOW -> 1
        Level.HIGH -> 2
    }

    fun event(event: Event): String = when (event) {
        is Event.None -> "none"
        is Event.Msg -> event.text + event.level
    }

    fun word(s: String): Int = when (s) {
        "one" -> 1
        else -> cache.getOrPut(s) { s.length + secret() }
    }

    inline fun <T> timed(block: () -> T): T {
        val result = block()
        bump()
        return result
    }

    fun bump() {
        calls += 2
    }

    fun inlined(xs: List<Int>): Int = timed { xs.filter { it > base }.map { it * 2 }.sum() }

    fun rules(): List<(Int) -> Int> = listOf({ it + calls }, { it - base })

    fun order(): Comparator<String> = Comparator { a, b -> a.length - b.length + calls }
}

class Other {
    fun isHigh(level: Level): Boolean = when (level) {
        Level.HIGH -> true
        else -> false
    }
}

class Main : Callable<Any> {
    override fun call(): Any {
        val prices = Prices(4)
        val kept = prices.rules()
        return listOf(
            prices.total(-3), prices.total(2, label = "y"), prices.word("one"), prices.word("three"),
            Level.entries.map { prices.level(it) }, Level.entries.map { Other().isHigh(it) },
            prices.event(Event.Msg("m")), prices.event(Event.None), prices.inlined(listOf(1, 9)),
            kept.map { it(5) }, prices.order().compare("a", "bb"), prices.lazyName
        ).toString()
    }
}
