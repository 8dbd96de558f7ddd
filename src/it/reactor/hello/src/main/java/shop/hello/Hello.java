package shop.hello;

import java.io.IOException;
import shop.words.PhraseServer;

public final class Hello {
    public static void main(String[] args) throws IOException {
        PhraseServer.start("Welcome");
    }
}
