// Bundled for a browser, then run: (x eˣ)′ at 1 is 2 e.
import { constant, evaluate, exp, grad, multiply } from "train-mnist/autodiff";

console.log(evaluate(grad((x) => multiply(x, exp(x)))(constant(1))).data[0]);
