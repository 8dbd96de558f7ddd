def check = evaluate(new File(checks))
assert new URL(check.deployed("", "shop.clock.ClockIT") + "/time?zone=UTC").text.contains('"offset":"Z"')
check.noContainerIsLeftOf("shop:clock")
