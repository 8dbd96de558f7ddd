import { price } from "./price-C7mKd0Wv.js";

document.getElementById("offer").textContent = `Käse ${price(4.5)}`;
