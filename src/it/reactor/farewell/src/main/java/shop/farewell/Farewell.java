package shop.farewell;

import java.io.IOException;
import shop.words.PhraseServer;

public final class Farewell {
    public static void main(String[] args) throws IOException {
        PhraseServer.start("Good bye");
    }
}
