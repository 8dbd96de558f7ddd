def check = evaluate(new File(checks))
assert new URL(check.deployed("") + "/greeting?name=Grace").text == '{"text":"Hello, Grace!"}'
check.noContainerIsLeftOf("shop:greeting")
