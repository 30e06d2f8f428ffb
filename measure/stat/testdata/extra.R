# More reference numbers, for what the first tables leave out: weights, robust
# and clustered errors of weighted and competing waits, delayed entries, ties
# merged by rounding, the robust score test, adjusted p-values, quantiles.
# R 4.2.2, survival 3.5-3. Run in this folder: Rscript extra.R
suppressMessages(library(survival))
num <- function(x) { s <- formatC(x, digits=17, format="g"); s[is.na(x)] <- "null"; s }
js <- function(x) {
  if (is.list(x)) return(paste0("{", paste0('"', names(x), '": ', sapply(x, js), collapse=",\n "), "}"))
  if (is.matrix(x)) return(paste0("[", paste0(apply(x, 1, js), collapse=",\n  "), "]"))
  paste0("[", paste0(num(x), collapse=", "), "]")
}
d <- read.csv("clustered.csv"); comp <- read.csv("competing.csv"); lt <- read.csv("left_trunc.csv")
hz <- c(1,4,24,48,72,168,336,720)
w <- 1 + (seq_len(600) * 7) %% 5 / 2                      # 1, 1.5 .. 3
tied <- round(d$time, 0) + 1
at <- function(s) { z <- summary(s, times=hz, extend=TRUE); list(surv=z$surv, std_err=z$std.err, n_risk=z$n.risk) }
out <- list(
  weighted = at(survfit(Surv(time, status) ~ 1, d, weights=w, robust=FALSE)),
  weighted_robust = at(survfit(Surv(time, status) ~ 1, d, weights=w, robust=TRUE)),
  weighted_cluster = at(survfit(Surv(time, status) ~ 1, d, weights=w, cluster=asker)),
  tied_cluster = at(survfit(Surv(tied, status) ~ 1, d, cluster=asker)),
  tied_weighted_cluster = at(survfit(Surv(tied, status) ~ 1, d, weights=w, cluster=asker)))

f <- factor(comp$cause, 0:3, c("censor", "org", "peer", "withdrawn"))
aj <- function(s) { z <- summary(s, times=hz, extend=TRUE); list(p=z$pstate, std_err=z$std.err) }
# survfit 3.5-3 leaves the cluster of competing waits out of account, so the
# influences it gives (time 0 first, not yet times their weight) are added up here
ajc <- function(w) {
  s <- survfit(Surv(comp$time, f) ~ 1, weights=w, id=seq_len(600), influence=TRUE)
  k <- findInterval(hz, s$time)
  list(p=s$pstate[k,], std_err=t(sapply(k, function(j) sqrt(colSums(rowsum(w * s$influence.pstate[,j+1,], d$asker)^2)))))
}
out$aj_cluster <- ajc(rep(1, 600))
out$aj_weighted_cluster <- ajc(w)
out$aj_tied <- aj(survfit(Surv(round(comp$time) + 1, f) ~ 1))

n <- nrow(lt); g <- seq_len(n) %% 40; v <- 1 + seq_len(n) %% 3
out$late_cluster <- at(survfit(Surv(entry, time, status) ~ 1, lt, cluster=g))
out$late_weighted_cluster <- at(survfit(Surv(entry, time, status) ~ 1, lt, weights=v, cluster=g))
fl <- factor(ifelse(lt$status == 1, 1 + (seq_len(n) %% 3 == 0), 0), 0:2, c("censor", "org", "peer"))
out$late_aj <- aj(survfit(Surv(lt$entry, lt$time, fl) ~ 1, id=seq_len(n)))

# delayed entries in the log-rank test: coxph's score test, no tied times here
dept <- factor(seq_len(n) %% 3)
score <- function(fit) list(chisq=fit$score, robust=if (is.null(fit$rscore)) NA else fit$rscore)
out$late_score <- score(coxph(Surv(entry, time, status) ~ dept, lt, cluster=g, ties="breslow"))
out$score_dept <- score(coxph(Surv(time, status) ~ dept, d, cluster=asker, ties="breslow"))
out$score_channel <- score(coxph(Surv(time, status) ~ channel, d, cluster=asker, ties="breslow"))
out$score_strata <- score(coxph(Surv(time, status) ~ dept + strata(channel), d, cluster=asker, ties="breslow"))
out$score_tied <- score(coxph(Surv(tied, status) ~ dept, d, cluster=asker, ties="breslow"))
out$score_weighted <- score(coxph(Surv(time, status) ~ dept, d, weights=w, cluster=asker, ties="breslow"))
half <- survdiff(Surv(time, status) ~ dept, d, rho=.5)
out$rho_half <- list(obs=half$obs, exp=half$exp, chisq=half$chisq)

# times a hair apart are one time
near <- c(1, 1 + 1e-9, 2, 3, 3 + 1e-7, 4, 0.1 + 0.2, 0.3)
s <- survfit(Surv(near, rep(1, 8)) ~ 1)
out$near <- list(time=s$time, n_risk=s$n.risk, n_event=s$n.event)

# quantiles with flat pieces, and of all methods
q <- function(time, status, ct) { z <- quantile(survfit(Surv(time, status) ~ 1, conf.type=ct), c(.1,.25,.5,.75,.9,.99))
  list(q=unname(z$quantile), lower=unname(z$lower), upper=unname(z$upper)) }
four <- c(1,2,3,4); out$quant_four <- q(four, c(1,1,1,1), "plain"); out$quant_half <- q(c(1,2,3,4,9), c(1,1,0,0,0), "log")
l <- read.csv("lung.csv")
for (ct in c("plain", "logit", "arcsin")) out[[paste0("quant_lung_", ct)]] <- q(l$time, l$status, ct)
out$quant_two <- q(c(1,2,3,4,5,6,7,8), c(1,1,0,0,1,0,0,0), "log")

p <- c(.01, .04, .03, .005, .5, .04, .9, 1)
out$bh <- list(p=p, adjusted=p.adjust(p, "BH"))
x <- sort(c(3.2, 1.5, 9, 4.4, 7.1, 2.2)); out$type7 <- list(x=x, p=c(0,.025,.1,.5,.77,.975,1), q=unname(quantile(x, c(0,.025,.1,.5,.77,.975,1))))
small <- expand.grid(x=c(1,3,40,400), n=c(41,500,100000)); small <- small[small$x <= small$n, ]
ci <- t(mapply(function(x, n) binom.test(x, n, conf.level=.9)$conf.int, small$x, small$n))
out$clopper90 <- list(x=small$x, n=small$n, lo=ci[,1], hi=ci[,2])
b <- expand.grid(p=c(1e-4, .025, .5, .95), a=c(.5, 1, 7.5, 400, 50000), b=c(.5, 3, 293, 1e5))
out$beta <- c(as.list(b), list(q=qbeta(b$p, b$a, b$b)))
fq <- expand.grid(f=c(.3, 1, 4, 60), d1=c(1, 3, 40), d2=c(2, 30, 1000))
out$ftest <- c(as.list(fq), list(p=pf(fq$f, fq$d1, fq$d2, lower.tail=FALSE)))
out$student <- list(df=c(1, 1.5, 4, 29, 1000), t=qt(.975, c(1, 1.5, 4, 29, 1000)))
# Chao & Shen's entropy, as entropy.ChaoShen of the entropy package writes it
chao <- function(y) { y <- y[y > 0]; n <- sum(y); f1 <- sum(y == 1); if (f1 == n) f1 <- n - 1
  pa <- (1 - f1/n) * y/n; -sum(pa * log(pa) / (1 - (1 - pa)^n)) }
out$chao_shen_counts <- list(few=c(4,2,3,0,2,4,0,0,2,1,1), many=c(120,40,20,9,7,3,1,1,1,1), ones=c(1,1,1,1))
out$chao_shen <- lapply(out$chao_shen_counts, chao)
writeLines(js(out), "extra.json")
