def check = evaluate(new File(checks))
assert new URL(check.deployed("", "shop.greeting.GreetingIT") + "/greeting?name=Grace").text == '{"text":"Hello, Grace!"}'
check.noContainerIsLeftOf("shop:greeting")
