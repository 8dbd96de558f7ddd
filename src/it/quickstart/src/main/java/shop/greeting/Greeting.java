package shop.greeting;

public record Greeting(String text) {
    static Greeting of(String name) {
        return new Greeting("Hello, " + name + "!");
    }
}
